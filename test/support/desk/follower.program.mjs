import { createRequire } from 'node:module';

/*
 * A process of its own with one follower, from the built service: it writes the effect of its first
 * page and then never ends the page, so that a test can kill it between the effect and the place.
 */
const require = createRequire(import.meta.url);
require('reflect-metadata');
const { createDataSource } = require('../../../dist/src/db/data-source.js');
const { FollowerRunner } = require('../../../dist/src/followers/follower-runner.js');

const [url, name] = process.argv.slice(2);
const source = await createDataSource(url, 2, {}).initialize();
const follower = {
  name,
  beginsAt: 'FIRST_ENTRY',
  async handle(entries, transaction) {
    await transaction.query(
      'insert into effects (account_id, follower, sequence) select $1, $2, unnest($3::int[])',
      [name, entries.map(({ sequence }) => sequence)],
    );
    process.stdout.write('The effect is written.\n');
    await new Promise(() => {});
  },
};
new FollowerRunner({
  source,
  followers: [follower],
  hints: { listen() {}, send() {} },
  log: console,
  observe: { followerPaged() {}, followerFailed() {} },
  pageMs: 600_000,
}).start();
