import { once } from 'node:events';
import type { DataSource } from 'typeorm';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/desk/desk';
import { startProgram } from '../support/process';
import { runVerb } from '../support/verb';

let database: TestDatabase;
let source: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
});

afterEach(async () => {
  await source.destroy();
  // The server needs a moment to notice that the killed process is gone.
  await eventually(() => database.drop());
});

async function entries(): Promise<number> {
  const [row] = await source.query('select count(*)::int as count from journal_entries');
  return row.count;
}

test('the next seed continues one that was killed', async () => {
  const env = { DATABASE_URL: database.url };
  const seed = startProgram(process.execPath, ['bin/daypass.js', 'seed'], env);
  await eventually(async () => expect(await entries()).toBeGreaterThan(60));
  seed.child.kill('SIGKILL');
  await once(seed.child, 'exit').catch(() => {});
  const written = await entries();
  const unfinished = await source.query('select from accounts where seeding');
  expect(unfinished.length).toBeGreaterThan(0);

  const again = await runVerb(['seed', '--json'], env);
  expect(again).toMatchObject({ code: 0, output: '{"size":"small","made":true}\n' });
  expect(await entries()).toBeGreaterThan(written);
  const accounts = await source.query('select id, slug, seeding from accounts');
  expect(accounts).toHaveLength(3);
  for (const { id, seeding } of accounts) {
    expect(seeding).toBe(false);
    expect((await verifyBooks(source, id)).drift).toBeNull();
  }
  const [{ tickets }] = await source.query('select count(*)::int as tickets from tickets');
  expect(tickets).toBe(400);
});
