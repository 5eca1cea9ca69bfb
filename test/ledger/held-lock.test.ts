import { setTimeout as wait } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../src/core/domain-error';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { connectionBounds } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import { openBulkLedger, openPlainAccount } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/desk/desk';
import { hangMs, longBounds } from '../support/patience';

const log = createLog({ logLevel: 'silent' });
let database: TestDatabase;
let source: DataSource;
let pool: Pool;
let accountId: string;
const holders: Client[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url);
  const bulk = openBulkLedger(source, database.url);
  ({ accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs: Date.now() }));
  await bulk.close();
  pool = createWriterPool(database.url, 2, log, connectionBounds({ ...longBounds, lockMs: 50 }));
});

afterEach(() => Promise.all(holders.splice(0).map((holder) => holder.end())));

afterAll(async () => {
  await Promise.all([pool.end(), source.destroy()]);
  await database.drop();
});

function openLedger(waitMaxMs: number) {
  const writer = new LedgerWriter({ pool, writersMax: 2, log, waitMaxMs, announce: () => {} });
  const grant = () =>
    grantDayPasses(new AccountLedger(writer, accountId), {
      actor: null,
      walletId: null,
      quantity: 1,
      reason: 'While another session holds the lock',
      expiresAtMs: null,
      key: newId(),
    });
  return { writer, grant };
}

/** Holds the account's lock, as a session that froze does. */
async function holdLock(): Promise<Client> {
  const holder = new Client(database.url);
  holders.push(holder);
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from journals where account_id = $1 for update', [accountId]);
  return holder;
}

const balance = async (): Promise<number> =>
  (await source.query('select balance from wallets where account_id = $1', [accountId]))[0].balance;

/** Sessions of this database that wait for a lock. */
const waitsForLocks = async (): Promise<number> => {
  const [{ waits }] = await source.query(
    `select count(*)::int as waits from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waits;
};

test('commands that may still wait are run when the lock is gone; none is refused or run twice', async () => {
  const { writer, grant } = openLedger(hangMs);
  const before = await balance();
  const warned = jest.spyOn(log, 'warn');
  const holder = await holdLock();
  const early = Array.from({ length: 5 }, grant);
  await eventually(async () => expect(warned).toHaveBeenCalled());
  const late = Array.from({ length: 5 }, grant);
  await eventually(async () => expect(writer.queueLength).toBe(10));
  await holder.end();
  const outcomes = await Promise.all([...early, ...late]);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(10).fill('accepted'));
  expect(await balance()).toBe(before + 10);
  expect((await verifyBooks(source, accountId)).drift).toBeNull();
});

test('an account that stays locked refuses and says how long it rests; then it accepts again', async () => {
  const { grant } = openLedger(1_000);
  const holder = await holdLock();
  const refusals: DomainError[] = [];
  const attempts: Promise<unknown>[] = [];
  await eventually(async () => {
    attempts.push(grant().catch((thrown: DomainError) => refusals.push(thrown)));
    await Promise.resolve();
    expect(refusals.at(-1)?.retryAfterMs).toBeGreaterThan(0);
  });
  expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['SERVICE_UNAVAILABLE']));
  await holder.end();
  // The rest that it names is the true one: a caller that waits for it is served.
  const { retryAfterMs } = refusals.at(-1)!;
  expect(retryAfterMs).toBeLessThanOrEqual(500);
  await new Promise((resolve) => setTimeout(resolve, retryAfterMs! + 20));
  expect(await grant()).toMatchObject({ status: 'accepted' });
  await Promise.all(attempts);
});

test('two processes that meet a lock again and again lose nothing and do nothing twice', async () => {
  const ledgers = [openLedger(hangMs), openLedger(hangMs)];
  const before = await balance();
  const granted = [];
  for (let round = 0; round < 3; round += 1) {
    const holder = await holdLock();
    for (const { grant } of ledgers) granted.push(...Array.from({ length: 10 }, grant));
    await eventually(async () => expect(await waitsForLocks()).toBeGreaterThan(0));
    await holder.end();
    for (const { grant } of ledgers) granted.push(grant());
  }
  const outcomes = await Promise.all(granted);
  expect(outcomes.filter(({ status }) => status !== 'accepted')).toEqual([]);
  expect(await balance()).toBe(before + outcomes.length);
  expect((await verifyBooks(source, accountId)).drift).toBeNull();
});

test('accounts that stay stuck on any lock take half of the writers at most, and another account is served', async () => {
  const bulk = openBulkLedger(source, database.url);
  const nowMs = Date.now();
  const open = async () => (await openPlainAccount(source, bulk, { agents: 1, nowMs })).accountId;
  const [served, ...stuck] = [await open(), await open(), await open(), await open(), await open()];
  await bulk.close();
  // Not the lock that is probed: a batch gets that one, and waits for the wallet.
  const holder = new Client(database.url);
  holders.push(holder);
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from wallets where account_id = any($1) for update', [stuck]);
  const failed: string[] = [];
  jest.spyOn(log, 'warn').mockImplementation((fields: unknown) => {
    failed.push((fields as { accountId: string }).accountId);
  });
  const bounds = connectionBounds({ ...longBounds, lockMs: 500 });
  const writers = createWriterPool(database.url, 4, log, bounds);
  const writer = new LedgerWriter({
    ...{ pool: writers, writersMax: 4, log, waitMaxMs: hangMs, announce: () => {} },
  });
  const grant = { actor: null, walletId: null, quantity: 1, reason: 'One', expiresAtMs: null };
  const grantTo = (id: string) =>
    grantDayPasses(new AccountLedger(writer, id), { ...grant, key: newId() });
  const waiting = stuck.map(grantTo);
  await eventually(async () => expect([...failed].sort()).toEqual([...stuck].sort()));
  const isOver = () => failed.length >= 3 * stuck.length;
  const serve = async () => {
    for (; !isOver(); await wait(20)) {
      expect(await grantTo(served)).toMatchObject({ status: 'accepted' });
    }
  };
  const serving = serve();
  const seen = new Set<number>();
  for (; !isOver(); await wait(20)) seen.add(await waitsForLocks());
  await serving;
  // Eight times more one of them waited for its lock, and never more than two at once.
  expect(Math.max(...seen)).toBe(2);
  await holder.end();
  for (const outcome of await Promise.all(waiting)) expect(outcome.status).toBe('accepted');
  await writers.end();
});
