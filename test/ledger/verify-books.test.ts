import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { judgePaid } from '../../src/ledger/verify/verify-books.paid';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { openTestBooks, openTestWriters, type TestBooks } from '../support/desk/books';
import { lotOf } from '../support/desk/ledger';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';

const dayMs = 86_400_000;

let database: TestDatabase;
let source: DataSource;
let writers: Pool;
/** For transactions over several calls: a pool of one connection. */
let oneConnection: DataSource;
let made = 0;

const open = (options: { slug: string; agents: number; emergencyAllowance?: number }) =>
  openTestBooks(source, database.url, { ...options, writers });

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  oneConnection = await openTestSource(database.url, 1);
  writers = openTestWriters(database.url);
  // The service's own role may not; as the tables' owner it can give itself the right.
  await source.query(
    'grant update, delete on journal_entries, consumptions, purchases to current_user',
  );
  // Passes are sold in pairs here, so that the unit price that a consumption names is null.
  await source.query(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from, example)
     values ('pro', 'USD', 2, 1200, '2024-01-01', false)`,
  );
});

afterAll(async () => {
  await writers.end();
  await oneConnection.destroy();
  await source.destroy();
  await database.drop();
});

/** Grants, consumptions, emergencies that are paid later, expiries of passes and of a lot. */
async function writeBooks(): Promise<TestBooks> {
  made += 1;
  const books = await open({ slug: `books-${made}`, agents: 5, emergencyAllowance: 3 });
  await books.grant(3); // 1
  await books.consume(0); // 2
  await books.consume(1); // 3
  books.nowMs += dayMs;
  await books.expire(); // 4, 5
  await books.consume(0); // 6, and the wallet is empty: 7
  await books.consume(1, { emergency: true }); // 8
  await books.consume(2, { emergency: true }); // 9
  await books.grant(10); // 10, which pays both
  await books.grant(4, { expiresAtMs: books.nowMs + dayMs }); // 11
  await books.consume(3); // 12, of the lot that ends first
  books.nowMs += dayMs;
  await books.expire(); // 13 to 16 passes, 17 the lot
  await books.consume(0); // 18
  await books.consume(4); // 19
  return books;
}

/** Pages of a few rows, so that the books need many. */
const verify = (books: TestBooks, by = source) => verifyBooks(by, books.accountId, { pageSize: 4 });
const tamper = (books: TestBooks, sql: string, by = source) =>
  by.query(sql.replace(' where', ' where account_id = $1 and'), [books.accountId]);

/** The drift after a statement that is taken back, so that one set of books serves many tests. */
async function driftAfter(books: TestBooks, sql: string) {
  await oneConnection.query('begin');
  try {
    await tamper(books, sql, oneConnection);
    return (await verify(books, oneConnection)).drift;
  } finally {
    await oneConnection.query('rollback');
  }
}

test('books that were written by the ledger close', async () => {
  expect(await verify(await writeBooks())).toEqual({ entries: 19, drift: null });
});

test('books with passes owed close, and so do empty ones', async () => {
  const empty = await open({ slug: `empty-${made}`, agents: 0 });
  expect(await verifyBooks(source, empty.accountId)).toEqual({ entries: 0, drift: null });
  const slug = `owing-${made}`;
  const owing = await open({ slug, agents: 2, emergencyAllowance: 2 });
  await owing.consume(0, { emergency: true });
  await owing.consume(1, { emergency: true });
  await owing.grant(1);
  expect(await verifyBooks(source, owing.accountId)).toEqual({ entries: 3, drift: null });
});

test('books with reversals close: into a lot, of a debt, and of a debt that was paid', async () => {
  const books = await writeBooks();
  await books.reverse(4); // 20
  await books.consume(4); // 21
  expect(await verify(books)).toEqual({ entries: 21, drift: null });
  const slug = `reversed-${made}`;
  const owing = await open({ slug, agents: 3, emergencyAllowance: 3 });
  for (const agent of [0, 1, 2]) await owing.consume(agent, { emergency: true });
  await owing.reverse(0);
  await owing.grant(1);
  await owing.reverse(1);
  await owing.grant(2);
  await owing.reverse(2);
  expect(await verifyBooks(source, owing.accountId)).toMatchObject({ drift: null });
  await owing.close();
});

test('an account that does not exist has no books', async () => {
  const { drift } = await verifyBooks(source, '00000000-0000-7000-8000-000000000000');
  expect(drift).toEqual({ sequence: 0, what: 'the account has no journal' });
});

describe('the first wrong entry is named if', () => {
  const entry = (sequence: number, set: string) =>
    `update journal_entries set ${set} where sequence = ${sequence}`;
  const consumption = (sequence: number, set: string) =>
    `update consumptions set ${set} where sequence = ${sequence}`;
  const passOf = (sequence: number) =>
    `consumption_id = (select id from consumptions where account_id = $1 and sequence = ${sequence})`;

  const cases: [what: string, sql: string, sequence: number, says: RegExp][] = [
    ['an entry was removed', 'delete from journal_entries where sequence = 5', 5, /missing/],
    ['the last was removed', 'delete from journal_entries where sequence = 19', 19, /missing/],
    ['the first was removed', 'delete from journal_entries where sequence = 1', 1, /missing/],
    ['a delta was changed', entry(3, 'delta = -2'), 3, /hash does not match/],
    ['a balance was changed', entry(4, 'balance = 2'), 4, /hash does not match/],
    [
      'a payload was changed',
      entry(10, `payload = replace(payload, '"quantity":10', '"quantity":11')`),
      10,
      /hash/,
    ],
    ['a payload is no JSON', entry(11, `payload = '{no'`), 11, /lot of this entry is missing/],
    ['a kind was changed', entry(4, `kind = 'DayPassWalletLow'`), 4, /hash/],
    ['a kind is unknown', entry(4, `kind = 'DayPassStolen'`), 4, /does not know its kind/],
    ['an instant was moved', entry(9, `occurred_at = occurred_at - interval '1 ms'`), 9, /hash/],
    ['an actor was changed', entry(6, 'actor_id = command_id'), 6, /hash/],
    ['a key was changed', entry(1, `key = 'another'`), 1, /hash/],
    ['a hash was changed', entry(15, 'hash = sha256(hash)'), 15, /hash/],
    ['a number of the wallet was changed', entry(7, 'wallet_sequence = 8'), 7, /hash/],
    ['a lot brought more', 'update lots set quantity = 11 where sequence = 10', 10, /hash/],
    [
      'a lot ends later',
      `update lots set expires_at = expires_at + interval '1 y' where sequence = 11`,
      11,
      /hash/,
    ],
    [
      'a lot holds more',
      'update lots set remaining = remaining + 1 where sequence = 10',
      10,
      /its lots hold 11|holds/,
    ],
    [
      'an empty lot holds something',
      'update lots set remaining = 1 where sequence = 1',
      1,
      /lot .* holds 1, but the entries leave 0/,
    ],
    [
      'a lot was emptied',
      'update lots set remaining = 0 where sequence = 10',
      10,
      /lot .* is empty, but the entries leave 6/,
    ],
    ['a consumption’s day was changed', consumption(3, `local_date = '2026-03-03'`), 3, /hash/],
    [
      'a consumption ends later',
      consumption(6, `expires_at = expires_at + interval '1 h'`),
      6,
      /hash/,
    ],
    ['a consent was reworded', consumption(12, `consent_notice = 'Free.'`), 12, /hash/],
    [
      'a consumption was moved',
      consumption(12, 'sequence = 13'),
      12,
      /its consumption names entry 13 instead/,
    ],
    [
      'a consumption was reversed without an entry',
      consumption(12, 'reversed_at = starts_at'),
      12,
      /marked as reversed/,
    ],
    [
      'a balance was raised',
      'update wallets set balance = 7 where true',
      19,
      /wallet .* holds 7, but its entries add up/,
    ],
    [
      'a wallet stands elsewhere',
      'update wallets set last_sequence = 18 where true',
      19,
      /does not name its last entry/,
    ],
    [
      'a running pass was removed',
      `delete from running_passes where ${passOf(19)}`,
      19,
      /differs from its entry/,
    ],
    [
      'a running pass was made longer',
      `update running_passes set expires_at = expires_at + interval '1 d' where ${passOf(18)}`,
      18,
      /differs from its entry/,
    ],
    [
      'a pass that has ended runs',
      `insert into running_passes select account_id, agent_id, id, wallet_id, expires_at
       from consumptions where sequence = 12`,
      12,
      /has ended/,
    ],
    [
      'a debt that was paid stands',
      `update emergency_passes set settled_by_lot_id = null where sequence = 8`,
      8,
      /recorded as owed|wallet/,
    ],
    [
      'a debt was paid by another lot',
      `with other as (select id from lots where sequence = 11)
       update emergency_passes set settled_by_lot_id = (select id from other)
       where account_id = $1 and sequence = 8`,
      10,
      /the lot that settled emergency pass .* differs from the entry/,
    ],
    [
      'a debt that was paid is gone',
      'delete from emergency_passes where sequence = 8',
      10,
      /the lot that settled emergency pass .* differs from the entry/,
    ],
    [
      'a granted lot has a price',
      `update lots set unit_price_minor = 1, currency = 'USD' where sequence = 10`,
      10,
      /hash/,
    ],
    [
      'the journal ends with another hash',
      'update journals set last_hash = sha256(last_hash) where true',
      19,
      /not the one at the end of the journal/,
    ],
  ];

  let kept: TestBooks;
  beforeAll(async () => {
    kept = await writeBooks();
  });
  // What a test did is undone: the next one begins with books that close.
  afterEach(async () => expect((await verify(kept)).drift).toBeNull());

  test.each(cases)('%s', async (_what, sql, sequence, says) => {
    expect(await driftAfter(kept, sql)).toEqual({ sequence, what: expect.stringMatching(says) });
  });

  test.each(['null', `reversed_at + interval '1 s'`])('a reversal was set to %s', async (value) => {
    const books = await writeBooks();
    await books.reverse(4);
    await tamper(books, `update consumptions set reversed_at = ${value} where sequence = 19`);
    const { drift } = await verify(books);
    expect(drift).toEqual({ sequence: 20, what: expect.stringMatching(/not marked as reversed/) });
  });

  test('a consumption was added by hand', async () => {
    const drift = await driftAfter(
      kept,
      `insert into consumptions
       select (jsonb_populate_record(c, jsonb_build_object(
         'id', 'ffffffff-ffff-7fff-8fff-ffffffffffff',
         'confirmation_id', 'ffffffff-ffff-7fff-8fff-ffffffffffff'))).*
       from consumptions c where sequence = 12`,
    );
    expect(drift).toEqual({ sequence: 12, what: expect.stringMatching(/did not record/) });
  });

  describe('of purchases,', () => {
    let bought: TestBooks;
    beforeAll(async () => {
      bought = await writeBooks();
      await bought.buy(2); // 20
      await bought.buy(3); // 21
      await bought.grant(1); // 22
    });
    afterEach(async () => expect((await verify(bought)).drift).toBeNull());

    const purchase = (sequence: number, set: string) =>
      `update purchases set ${set} where sequence = ${sequence}`;

    const changes: [what: string, sql: string, says: RegExp][] = [
      [
        'one was removed',
        'delete from purchases where sequence = 20',
        /the purchase of this entry is missing/,
      ],
      [
        'the quantity was changed',
        purchase(20, 'quantity = 1, total_minor = unit_price_minor'),
        /quantity of its purchase differs/,
      ],
      [
        'the price was changed',
        purchase(20, 'unit_price_minor = 1, total_minor = 2'),
        /unitPrice of/,
      ],
      ['the currency was changed', purchase(20, `currency = 'JPY'`), /unitPrice of/],
      ['the buyer was changed', purchase(20, 'purchased_by = null'), /purchasedBy of/],
      [
        'the instant was moved',
        purchase(20, `purchased_at = purchased_at - interval '1 ms'`),
        /purchasedAtMs of/,
      ],
      ['it stands at another entry', purchase(20, 'sequence = 21'), /sequence of/],
    ];

    test.each(changes)('%s', async (_what, sql, says) => {
      expect(await driftAfter(bought, sql)).toEqual({
        sequence: 20,
        what: expect.stringMatching(says),
      });
    });

    test.each([20, 22])('one was added by hand at entry %i', async (sequence) => {
      const drift = await driftAfter(
        bought,
        `insert into purchases
         select (jsonb_populate_record(p, jsonb_build_object('sequence', ${sequence},
           'id', 'ffffffff-ffff-7fff-8fff-ffffffffffff'))).*
         from purchases p where sequence = 20`,
      );
      const says = /did not record purchase ffffffff/;
      expect(drift).toEqual({ sequence, what: expect.stringMatching(says) });
    });
  });

  test('an agent has two passes at a time', async () => {
    // The ledger itself is misled, so that hashes, balances and lots all fit.
    const books = await writeBooks();
    await tamper(books, `delete from running_passes where ${passOf(19)}`);
    await books.consume(4);
    const { drift } = await verify(books);
    expect(drift).toEqual({ sequence: 20, what: expect.stringMatching(/overlaps .* entry 19/) });
  });

  test('a pass ends twice', async () => {
    const books = await writeBooks();
    await tamper(
      books,
      `insert into running_passes select account_id, agent_id, id, wallet_id, expires_at
       from consumptions where sequence = 12`,
    );
    await books.expire();
    const { drift } = await verify(books);
    expect(drift).toEqual({ sequence: 20, what: 'it ends a pass that is not active' });
  });
});

describe('the price of a lot that the ledger itself wrote is compared with the entry:', () => {
  const sold = { unitPriceMinor: 1200, currency: 'USD' };
  test.each([
    ['bought at another price', 'DayPassesPurchased', sold, { minor: 1199, currency: 'USD' }],
    ['bought in another currency', 'DayPassesPurchased', sold, { minor: 1200, currency: 'EUR' }],
    ['bought without a price', 'DayPassesPurchased', sold, null],
    ['granted with a price', 'DayPassesGranted', {}, { minor: 0, currency: 'USD' }],
  ])('%s', (_, kind, payload, unitPrice) => {
    const judge = (price: typeof unitPrice) =>
      judgePaid(
        { kind } as Parameters<typeof judgePaid>[0],
        { lotId: 'lot', settled: [], ...payload },
        {
          consumptions: new Map(),
          purchases: new Map(),
          invoices: new Map(),
          orders: new Map(),
          emergencies: new Map(),
          lots: new Map([['lot', lotOf({ unitPrice: price })]]),
        },
      );
    expect(judge(unitPrice)).toMatch(/price/);
    const right = kind === 'DayPassesPurchased' ? { minor: 1200, currency: 'USD' } : null;
    expect(judge(right)).toBeNull();
  });
});

test('writes meanwhile are no drift', async () => {
  const books = await writeBooks();
  const writing = new AbortController();
  const writes = (async () => {
    while (!writing.signal.aborted) {
      await books.grant(2);
      books.nowMs += dayMs;
      await Promise.all([books.consume(1), books.consume(2)]);
      await books.reverse(1);
    }
  })();
  for (let entries = 0; entries < 100;) {
    const verdict = await verify(books);
    expect(verdict.drift).toBeNull();
    entries = verdict.entries;
  }
  writing.abort();
  await writes;
  expect((await verify(books)).drift).toBeNull();
});
