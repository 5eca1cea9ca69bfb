import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { createLog } from '../../src/core/log';
import { createDataSource, poolOf } from '../../src/db/data-source';
import { keepConnections } from '../../src/db/kept-connections';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { warmWriter } from '../../src/ledger/writer/warm-writer';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import { openBulkLedger, openPlainAccount } from '../support/desk/bulk';
import { createTestDatabase, type TestDatabase } from '../support/desk/database';
import { eventually } from '../support/desk/desk';

let database: TestDatabase;
let source: DataSource;
let writers: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await createDataSource(database.url, 4).initialize();
  writers = createWriterPool(database.url, 4, createLog({ logLevel: 'silent' }));
});

afterAll(async () => {
  await Promise.all([writers.end(), source.destroy()]);
  await database.drop();
});

const pidOf = async (pool: Pool) =>
  (await pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

test.each([
  ['reads', () => poolOf(source)],
  ['writers', () => writers],
])('connections for %s plan a prepared statement once', async (_, pool) => {
  const { rows } = await pool().query('show plan_cache_mode');
  expect(rows).toEqual([{ plan_cache_mode: 'force_generic_plan' }]);
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

test('a database that does not answer is no failure of the pool that is kept', async () => {
  const url = new URL(database.url);
  url.pathname = `/${randomUUID()}`;
  const pool = createWriterPool(url.href, 4, createLog({ logLevel: 'silent' }));
  let tries = 0;
  keepConnections(pool, async () => {
    tries += 1;
    await pidOf(pool);
  });
  await eventually(async () => expect(tries).toBe(2));
  await pool.end();
});
