import type { DataSource } from 'typeorm';
import { openTestBooks, type TestBooks } from '../support/desk/books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { runVerb } from '../support/verb';

let database: TestDatabase;
let source: DataSource;
let books: TestBooks[];

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
  books = [];
  for (const slug of ['first', 'second']) {
    const opened = await openTestBooks(source, database.url, { slug, agents: 1 });
    await opened.grant(2);
    await opened.consume(0);
    books.push(opened);
  }
});

afterAll(async () => {
  for (const { close } of books) await close();
  await source.destroy();
  await database.drop();
});

const verify = (...args: string[]) =>
  runVerb(['verify', ...args], { DATABASE_URL: database.url, LOG_LEVEL: 'silent' });

test('books that close are reported, and the first wrong entry is named', async () => {
  const fits = {
    entries: 2,
    drift: null,
    audit: { events: 0, hash: expect.any(String), unsealed: 0, drift: null },
  };
  const good = await verify('--json');
  expect(good).toMatchObject({ code: 0, errors: '' });
  expect(JSON.parse(good.output)).toEqual({
    ok: true,
    accounts: [
      { account: 'first', ...fits },
      { account: 'second', ...fits },
    ],
  });

  await source.query('update wallets set balance = 2 where account_id = $1', [books[1]!.accountId]);
  const bad = await verify();
  expect(bad.code).toBe(1);
  expect(bad.output).toMatch(/^first: 2 entries, all match$/m);
  expect(bad.output).toMatch(/^first: 0 audit events, all match$/m);
  expect(bad.output).toMatch(/^second: entry 2 does not match: wallet .* holds 2/m);
  expect(bad.output).toMatch(/^The books of 1 of 2 accounts do not balance\.$/m);

  // An event that nobody's act wrote: books that close, and a trail that was changed.
  await source.query(
    `insert into audit_events (account_id, id, occurred_at, action, subject_type, subject_id, door,
       request_id) values ($1, $1, now(), 'agent.invited', 'Agent', $1, 'http', 'x')`,
    [books[1]!.accountId],
  );
  const changed = await verify('--account', 'second');
  expect(changed.code).toBe(1);
  expect(changed.output).toContain(`second: audit event (${books[1]!.accountId}) does not match: `);
  expect(changed.output).toMatch(/^The audit trails of 1 of 1 accounts were changed\.$/m);

  const one = await verify('--account', 'first', '--json');
  expect(JSON.parse(one.output)).toEqual({ ok: true, accounts: [{ account: 'first', ...fits }] });
  expect(await verify('--account', 'third')).toEqual({
    code: 1,
    output: '',
    errors: 'There is no account with the slug third.\n',
  });
});
