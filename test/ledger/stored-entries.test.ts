import type { DataSource } from 'typeorm';
import { entryKinds } from '../../src/ledger/entries/entry-kinds';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import {
  insertStoredAccount,
  readStoredAccount,
  type StoredAccount,
} from '../support/desk/stored-account';

/*
 * Entries that earlier releases stored verify forever: no field of an entry, and none of the row
 * that it made, may be added to the text that is hashed.
 */

let database: TestDatabase;
let source: DataSource;
let stored: StoredAccount;
let accountId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  stored = readStoredAccount('stored-by-1');
  accountId = await insertStoredAccount(source, stored);
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

test('entries of every kind that were stored before verify unchanged', async () => {
  const kinds = new Set(stored.journal_entries!.map(({ kind }) => kind));
  // Of the kinds there were then.
  expect(Object.keys(entryKinds).filter((kind) => kinds.has(kind))).toHaveLength(8);
  const entries = stored.journal_entries!.length;
  expect(await verifyBooks(source, accountId)).toEqual({ entries, drift: null });
});

test('they include a pass by a sign-in, by a portal session, by a ticket and by a key', async () => {
  const passes = stored.consumptions!;
  const has = (holds: (pass: Record<string, unknown>) => boolean) =>
    expect(passes.filter(holds)).not.toEqual([]);
  has((pass) => pass.source === 'PORTAL' && pass.session_key_id === null);
  has((pass) => pass.session_key_id !== null && pass.reversed_at !== null);
  has((pass) => pass.source === 'TICKET');
  has((pass) => pass.source === 'API_KEY' && pass.consent_notice === null);
  has((pass) => pass.emergency === true);
});

test('a session’s key that is written into an old pass afterwards is found', async () => {
  await source.query('grant update on consumptions to current_user');
  const [key] = stored.api_keys!;
  await source.query(
    `update consumptions set session_key_id = $2
     where account_id = $1 and session_key_id is null and consent_notice is not null
       and reversed_at is null`,
    [accountId, key!.id],
  );
  expect((await verifyBooks(source, accountId)).drift).not.toBeNull();
});
