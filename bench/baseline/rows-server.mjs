import { createServer } from 'node:http';
import pg from 'pg';
import { readGate, readPage } from './rows.mjs';

/*
 * The baseline of the gate and the page: plain Node HTTP in front of the bare driver, without
 * GraphQL, bearer tokens and rules. The bench starts it and receives the port by a message.
 */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
/** As many connections as a process of the service uses for reads by default. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const answers = {
  '/gate': ({ accountId, agentId }) => readGate(pool, accountId, agentId),
  '/page': ({ accountId, first }) => readPage(pool, accountId, first),
};

const server = createServer(async (request, response) => {
  try {
    const asked = JSON.parse(await bodyOf(request));
    const body = JSON.stringify(await answers[request.url](asked));
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  } catch (error) {
    console.error(error);
    response.writeHead(500, { 'content-length': 0 }).end();
  }
});

server.listen(0, '127.0.0.1', () => process.send(server.address().port));

function bodyOf(request) {
  return new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => resolve(body)).on('error', reject);
  });
}

// The bench has gone, and its database with it.
process.on('disconnect', () => process.exit(0));
