import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { createLog, type Log } from '../../src/core/log';
import { BoundedClient, queryTogether } from '../../src/db/bounded-client';
import { connectionBounds, createDataSource, poolOf } from '../../src/db/data-source';
import { keepConnections, plannedOnce } from '../../src/db/kept-connections';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { arePlansOld } from '../../src/ledger/writer/plan-age';
import { warmWriter } from '../../src/ledger/writer/warm-writer';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import { openBulkLedger, openPlainAccount } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/desk/desk';

let database: TestDatabase;
let source: DataSource;
let writers: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 4);
  writers = createWriterPool(database.url, 4, createLog({ logLevel: 'silent' }));
});

afterAll(async () => {
  await Promise.all([writers.end(), source.destroy()]);
  await database.drop();
});

const pidOf = async (pool: Pool) =>
  (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

test('connections of writers plan a prepared statement once, and by its index; those of lists for the values', async () => {
  const settings = `select current_setting('plan_cache_mode') as plans, current_setting('enable_seqscan') as scans`;
  const planned = await createDataSource(database.url, 1, {
    ...connectionBounds(),
    ...plannedOnce,
  }).initialize();
  expect(await planned.query(settings)).toEqual([{ plans: 'force_generic_plan', scans: 'on' }]);
  await planned.destroy();
  expect(await source.query(settings)).toEqual([{ plans: 'auto', scans: 'on' }]);
  const { rows } = await writers.query(settings);
  expect(rows).toEqual([{ plans: 'force_generic_plan', scans: 'off' }]);
});

test('plans are made again early, and then seldom', () => {
  const client = {} as PoolClient;
  const counts = Array.from({ length: 300 }, (_, at) => at + 1);
  expect(counts.filter(() => arePlansOld(client))).toEqual([8, 32, 128, 256]);
});

test('batches that plan again work whatever isolation the database sets', async () => {
  const bulk = openBulkLedger(source, database.url);
  const { accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs: Date.now() });
  await bulk.close();
  const log = createLog({ logLevel: 'silent' });
  const pool = createWriterPool(database.url, 1, log, {
    options: '-c default_transaction_isolation=serializable',
  });
  const writer = new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} });
  const ledger = new AccountLedger(writer, accountId);
  const grant = { actor: null, walletId: null, quantity: 1, reason: 'More', expiresAtMs: null };
  for (let batch = 1; batch <= 10; batch += 1) {
    const { status } = await grantDayPasses(ledger, { ...grant, key: randomUUID() });
    expect({ batch, status }).toEqual({ batch, status: 'accepted' });
  }
  await pool.end();
});

test('of statements that are sent together, none runs after one that failed', async () => {
  const client = await writers.connect();
  await client.query('create temporary table numbers (number int primary key)');
  const begin = { name: 'begin', text: 'begin' };
  const commit = { name: 'commit', text: 'commit' };
  const read = { name: 'read', text: 'select count(*)::int from numbers', hasRows: true };
  const add = (number: number) => ({
    ...{ name: 'add', text: 'insert into numbers values (60 / $1)' },
    values: [number],
  });
  const run = (number: number) => queryTogether(client, [begin, read, add(number), read, commit]);
  const answer = async (number: number) =>
    (await run(number)).map(({ command, rows }) => [command, rows]);
  const counts = (before: number) => [
    ['BEGIN', []],
    ['SELECT', [{ count: before }]],
    ['INSERT', []],
    ['SELECT', [{ count: before + 1 }]],
    ['COMMIT', []],
  ];
  const isGroup = jest.spyOn(BoundedClient.prototype, 'queryGroup');
  // The first time prepares them, one by one.
  for (const number of [1, 2, 3]) expect(await answer(number)).toEqual(counts(number - 1));
  expect(isGroup).toHaveBeenCalledTimes(2);
  await expect(run(0)).rejects.toMatchObject({ code: '22012' });
  await client.query('rollback');
  expect(await answer(4)).toEqual(counts(3));
  expect(isGroup).toHaveBeenCalledTimes(4);

  await client.query('deallocate read');
  await expect(run(5)).rejects.toMatchObject({ code: '26000' });
  client.release(true);
});

test('every statement of the ledger keeps its plan, also after analyze has seen many rows', async () => {
  const bulk = openBulkLedger(source, database.url);
  const nowMs = Date.now() - 3_600_000;
  const account = await openPlainAccount(source, bulk, { agents: 300, nowMs });
  await bulk.sell(account.accountId, account.agentIds, nowMs + 23 * 3_600_000);
  await bulk.close();
  await source.query('analyze');

  const log = createLog({ logLevel: 'silent' });
  const pool = createWriterPool(database.url, 1, log);
  const writer = new LedgerWriter({ pool, writersMax: 1, log, announce: () => {} });
  const ledger = new AccountLedger(writer, account.accountId);
  const grant = { actor: null, walletId: null, quantity: 1, reason: 'More', expiresAtMs: null };
  for (let times = 0; times < 8; times += 1) {
    await grantDayPasses(ledger, { ...grant, key: randomUUID() });
  }
  const { rows } = await pool.query(
    'select name, custom_plans::int, generic_plans::int from pg_prepared_statements',
  );
  const load = rows.find(({ name }) => name === 'load-all');
  expect(load).toEqual({ name: 'load-all', custom_plans: 0, generic_plans: 8 });
  expect(rows.filter(({ custom_plans }) => custom_plans > 0)).toEqual([]);
  await pool.end();
});

test.each([
  ['reads', () => poolOf(source)],
  ['writers', () => writers],
])('a pool of %s keeps connections, each for a time of its own', (_, pool) => {
  keepConnections(pool(), async () => {});
  const { min, idleTimeoutMillis } = pool().options;
  expect(min).toBe(2);
  expect(idleTimeoutMillis).toBeGreaterThanOrEqual(60_000);
  const lifetimes = Array.from({ length: 20 }, () => pool().options.maxLifetimeSeconds);
  expect(new Set(lifetimes).size).toBeGreaterThan(10);
  expect(Math.min(...lifetimes)).toBeGreaterThan(600);
});

test('a connection that PostgreSQL ends is a fault, unless its pool has been ended', async () => {
  const faults: string[] = [];
  const note = (pool: string) => () => void faults.push(pool);
  const reader = createDataSource(database.url, 1, connectionBounds(), note('reads'));
  await reader.initialize();
  const writing = createWriterPool(database.url, 1, { warn: note('writes') } as unknown as Log);
  const pools = [poolOf(reader), writing];
  const endByPostgres = () => pools.map((pool) => pool.emit('error', new Error('57P01'), null!));
  endByPostgres();
  expect(faults).toEqual(['reads', 'writes']);
  await Promise.all([reader.destroy(), writing.end()]);
  endByPostgres();
  expect(faults).toHaveLength(2);
});

test('a writer that is warm has prepared what a consumption runs, and has written nothing', async () => {
  const pool = createWriterPool(database.url, 1, createLog({ logLevel: 'silent' }));
  await warmWriter(pool);
  await warmWriter(pool);
  const { rows } = await pool.query('select name, custom_plans from pg_prepared_statements');
  const names = rows.map(({ name }) => name);
  const hot = ['lock-journal', 'load-portal-entries', 'load-entries', 'insert-entries'];
  expect(names).toEqual(expect.arrayContaining(hot));
  expect(rows.filter(({ custom_plans }) => custom_plans > 0)).toEqual([]);
  await pool.end();
});

test.each([1, 2, 3, 4, 5])(
  'kept connections that end are replaced and warmed before anyone asks (%d)',
  async () => {
    const pool = createWriterPool(database.url, 4, createLog({ logLevel: 'silent' }));
    const warmed: number[] = [];
    keepConnections(pool, async () => void warmed.push(await pidOf(pool)));
    await eventually(async () => expect(warmed).toHaveLength(2));
    const first = [...warmed];
    await source.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [first]);
    await eventually(async () => {
      expect(warmed.filter((pid) => !first.includes(pid)).length).toBeGreaterThanOrEqual(2);
      expect(pool.totalCount).toBeGreaterThanOrEqual(2);
    });
    await pool.end();
  },
);

test('a database that does not answer is asked again', async () => {
  const url = new URL(database.url);
  url.pathname = `/${randomUUID()}`;
  const pool = createWriterPool(url.href, 4, createLog({ logLevel: 'silent' }));
  let refusals = 0;
  keepConnections(pool, () => pidOf(pool).finally(() => (refusals += 1)));
  await eventually(async () => expect(refusals).toBeGreaterThanOrEqual(4));
  await pool.end();
});

test('connections that cannot be warmed are tried again one round after the other', async () => {
  const pool = createWriterPool(database.url, 4, createLog({ logLevel: 'silent' }));
  let tries = 0;
  keepConnections(pool, async () => {
    tries += 1;
    const fails = tries <= 6;
    const client = await pool.connect();
    client.release(fails);
    if (fails) throw new Error('The database refuses what warms a connection.');
  });
  await eventually(async () => expect(pool.idleCount).toBe(2));
  // Three rounds of two failed; each of their connections ended, and none began a round of its own.
  expect(tries).toBe(8);
  await pool.end();
});
