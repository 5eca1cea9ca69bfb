import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createLog } from '../../src/core/log';
import { connectionBounds } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { kernel } from '../../src/ledger/decide';
import { needsTogether, type Needs } from '../../src/ledger/model/needs';
import { loadLedger } from '../../src/ledger/writer/load-ledger';
import { loadStatement } from '../../src/ledger/writer/load-statement';
import { openTestBooks, type TestBooks } from '../support/desk/books';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { consumeOf, grantOf, type Decided } from '../support/desk/ledger';
import { longBounds } from '../support/patience';

let database: TestDatabase;
let source: DataSource;
let books: TestBooks;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  books = await openTestBooks(source, database.url, { slug: 'load', agents: 1 });
  const log = createLog({ logLevel: 'silent' });
  pool = createWriterPool(database.url, 1, log, connectionBounds(longBounds));
});

afterAll(async () => {
  await pool.end();
  await books.close();
  await source.destroy();
  await database.drop();
});

async function load(...needs: Needs[]) {
  const journal = { accountId: books.accountId, sequence: 0 };
  const client = await pool.connect();
  try {
    return await loadLedger(client, journal, { needs: needsTogether(needs), instantMs: null });
  } finally {
    client.release();
  }
}

test('a batch runs the smallest load statement that has what its commands need', () => {
  const nameFor = (...commands: Decided[]) => {
    const needs = needsTogether(commands.map((one) => kernel.moduleOf(one).needs(one)));
    return loadStatement({ accountId: 'account', needs, instantMs: null }).name;
  };
  expect(nameFor(consumeOf(), consumeOf())).toBe('load-portal-entries');
  expect(nameFor(consumeOf(), consumeOf({ ticketId: 'ticket' }))).toBe('load-entries');
  expect(nameFor(consumeOf({ sessionKeyId: 'key' }))).toBe('load-entries');
  expect(nameFor(consumeOf(), grantOf())).toBe('load-all');
  expect(nameFor({ kind: 'expire', id: 'command' })).toBe('load-all');
});

test('the first lots are loaded that together hold the passes that the batch can draw', async () => {
  for (const quantity of [2, 3, 4]) await books.grant(quantity);
  const remaining = async (passes: number) => {
    const { lots } = await load(...Array.from({ length: passes }, () => ({ passes: 1 })));
    return (lots.get(books.walletId) ?? []).map((lot) => lot.remaining);
  };
  expect(await remaining(0)).toEqual([]);
  expect(await remaining(1)).toEqual([2]);
  expect(await remaining(2)).toEqual([2]);
  expect(await remaining(3)).toEqual([2, 3]);
  expect(await remaining(6)).toEqual([2, 3, 4]);
  expect(await remaining(256)).toEqual([2, 3, 4]);
});

test('a lot that a reversal names is loaded once, even if passes are drawn from it', async () => {
  await books.consume(0);
  const [consumption]: { id: string; lot: string }[] = await source.query(
    'select id, lot_id as lot from consumptions where account_id = $1',
    [books.accountId],
  );
  const { id, lot } = consumption!;
  const lotsOf = async (needs: Needs) =>
    (await load(needs)).lots.get(books.walletId)!.map((one) => one.id);
  expect(await lotsOf({ reversals: [id] })).toEqual([lot]);
  expect(await lotsOf({ reversals: [id], passes: 1 })).toEqual([lot]);
});
