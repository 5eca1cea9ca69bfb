import './node-20.mjs';
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

/*
 * PostGraphile with its usual preset in front of the same tables. A client sends it the same document
 * as Daypass: the comment on the table gives the type its name, and the inflector drops the `all`.
 */
const namedAsInDaypass = {
  name: 'NamedAsInDaypass',
  version: '1.0.0',
  inflection: {
    replace: {
      allRowsConnection(previous, _options, resource) {
        return previous(resource).replace(/^all(.)/, (_, first) => first.toLowerCase());
      },
    },
  },
};

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [namedAsInDaypass],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public'],
      // As many connections as a process of the service reads over by default.
      poolConfig: { max: 10 },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', watch: false, websockets: false, graphiql: false },
  grafast: { explain: false },
};

const served = postgraphile(preset).createServ(grafserv);
const server = createServer();
await served.addTo(server);
server.listen(0, '127.0.0.1', () => process.send(server.address().port));

// The bench has gone, and its database with it.
process.on('disconnect', () => process.exit(0));
