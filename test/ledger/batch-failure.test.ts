import { Client, type Pool } from 'pg';
import type { DataSource } from 'typeorm';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { connectionBounds } from '../../src/db/data-source';
import { createWriterPool } from '../../src/db/writer-pool';
import { AccountLedger } from '../../src/ledger/account-ledger';
import { LedgerWriter } from '../../src/ledger/ledger-writer';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { judgeFailure, type BatchFailure } from '../../src/ledger/writer/batch-failure';
import { grantDayPasses } from '../../src/wallets/grant-day-passes';
import { openBulkLedger, openPlainAccount } from '../support/desk/bulk';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { isCommit, openTcpProxy, type Fate, type TcpProxy } from '../support/faults/tcp-proxy';
import { eventually, hangMs, longBounds } from '../support/patience';

const codes: [code: string, means: BatchFailure][] = [
  // A transaction that another one crossed.
  ['40001', 'again'],
  ['40P01', 'again'],
  // Connections: PostgreSQL's own, and those of a coordinator to a machine of its cluster.
  ['08000', 'again'],
  ['08001', 'again'],
  ['08003', 'again'],
  ['08004', 'again'],
  ['08006', 'again'],
  ['08007', 'again'],
  ['08P01', 'again'],
  // An operator or a time-out ended the session.
  ['57P01', 'again'],
  ['57P02', 'again'],
  ['57P05', 'again'],
  // Waits that took too long, and databases that start, stop or are full.
  ['55P03', 'busy'],
  ['57014', 'busy'],
  ['25P03', 'busy'],
  ['57P03', 'busy'],
  ['55000', 'busy'],
  ['3D000', 'busy'],
  ['53000', 'busy'],
  ['53100', 'busy'],
  ['53200', 'busy'],
  ['53300', 'busy'],
  ['53400', 'busy'],
  // The network, as Node reports it.
  ['ECONNRESET', 'again'],
  ['EPIPE', 'again'],
  ['ECONNREFUSED', 'busy'],
  ['ETIMEDOUT', 'busy'],
  ['ENOENT', 'busy'],
  ['EHOSTUNREACH', 'busy'],
  // The content of the batch, our fault, or a fault of the database.
  ['0A000', 'content'],
  ['22003', 'content'],
  ['22P02', 'content'],
  ['22P05', 'content'],
  ['23502', 'content'],
  ['23503', 'content'],
  ['23505', 'content'],
  ['23514', 'content'],
  ['25006', 'content'],
  ['25P02', 'content'],
  ['42501', 'content'],
  ['42601', 'content'],
  ['42P01', 'content'],
  ['58030', 'content'],
  ['P0001', 'content'],
  ['XX000', 'content'],
  ['XX001', 'content'],
];

/** Messages of Citus, of the driver and of its pool, and others that must not be taken for them. */
const messages: [code: string | undefined, message: string, means: BatchFailure][] = [
  ['XX000', 'could not commit transaction for shard 102008 on at least one active node', 'again'],
  ['XX000', 'could not commit transaction for shard 102008 on any active node', 'again'],
  ['XX000', 'could not commit transaction on any active node', 'again'],
  ['XX000', 'could not commit transaction on any active nodes', 'again'],
  ['XX000', 'could not find shard 102008 on at least one active node', 'content'],
  ['XX000', 'cache lookup failed for type 102008', 'content'],
  ['XX000', 'unexpected timeout', 'content'],
  ['23514', 'could not commit transaction for shard 102008 on any active node', 'content'],
  [undefined, 'Connection terminated unexpectedly', 'again'],
  [undefined, 'timeout exceeded when trying to connect', 'busy'],
  [undefined, 'Connection terminated due to connection timeout', 'busy'],
  [undefined, 'Cannot read properties of undefined', 'content'],
];

test.each(codes)('the code %s means %s', (code, means) => {
  expect(judgeFailure(Object.assign(new Error('It failed.'), { code }))).toBe(means);
});

test.each(messages)('%s "%s" means %s', (code, message, means) => {
  expect(judgeFailure(Object.assign(new Error(message), { code }))).toBe(means);
});

describe('in a batch', () => {
  const log = createLog({ logLevel: 'silent' });
  let database: TestDatabase;
  let source: DataSource;
  let proxy: TcpProxy;
  let accountId: string;
  const pools: Pool[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    source = await openTestSource(database.url);
    proxy = await openTcpProxy(database.url);
    const bulk = openBulkLedger(source, database.url);
    ({ accountId } = await openPlainAccount(source, bulk, { agents: 1, nowMs: Date.now() }));
    await bulk.close();
  });

  afterAll(async () => {
    await Promise.all([...pools.map((pool) => pool.end()), source.destroy()]);
    await proxy.close();
    await database.drop();
  });

  function openLedger(bounds: Partial<typeof longBounds> = {}) {
    const pool = createWriterPool(
      proxy.url,
      2,
      log,
      connectionBounds({ ...longBounds, ...bounds }),
    );
    pools.push(pool);
    const writer = new LedgerWriter({
      ...{ pool, writersMax: 2, log, waitMaxMs: hangMs, announce: () => {} },
    });
    return (key = newId()) =>
      grantDayPasses(new AccountLedger(writer, accountId), {
        ...{ actor: null, walletId: null, quantity: 1, expiresAtMs: null, key },
        reason: 'While the database fails',
      });
  }

  const balance = async (): Promise<number> =>
    (await source.query('select balance from wallets where account_id = $1', [accountId]))[0]
      .balance;

  const lostCommit = 'could not commit transaction for shard 102008 on at least one active node';
  const isLock = (bytes: Buffer) => bytes.includes('lock-journal');
  const failures: [string, (bytes: Buffer) => boolean, Exclude<Fate, string>, string][] = [
    ['08006 at the lock', isLock, forged('08006', 'connection not open'), 'accepted'],
    ['08006 in mid-batch', isCommit, forged('08006', 'connection not open'), 'accepted'],
    ['a lost commit', isCommit, forged('XX000', lostCommit), 'accepted'],
    ['a commit that ran', isCommit, { ...forged('XX000', lostCommit), isRun: true }, 'accepted'],
  ];

  test.each(failures)('%s is tried again, and happens once', async (_, isMeant, error, status) => {
    const grant = openLedger();
    const before = await balance();
    let failed = 0;
    proxy.fateOf = (bytes) => (failed === 0 && isMeant(bytes) ? ((failed += 1), error) : 'pass');
    expect(await grant()).toMatchObject({ status });
    expect(failed).toBe(1);
    expect(await balance()).toBe(before + 1);
    expect((await verifyBooks(source, accountId)).drift).toBeNull();
  });

  test('another internal error is a fault, which the caller receives', async () => {
    const grant = openLedger();
    const before = await balance();
    let failed = 0;
    proxy.fateOf = (bytes) =>
      isCommit(bytes) ? ((failed += 1), forged('XX000', 'unexpected chunk number')) : 'pass';
    await expect(grant()).rejects.toThrow('unexpected chunk number');
    proxy.fateOf = () => 'pass';
    expect(failed).toBe(1);
    expect(await balance()).toBe(before);
  });

  test('a wait for the lock that PostgreSQL cancels lets the command wait until the lock is gone', async () => {
    const grant = openLedger({ statementMs: 200 });
    const before = await balance();
    const warned = jest.spyOn(log, 'warn');
    const holder = new Client(database.url);
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from journals where account_id = $1 for update', [accountId]);
    const granted = grant();
    const isBatch = 'a batch did not run; its account rests';
    await eventually(async () => {
      const err = expect.objectContaining({ code: '57014' });
      expect(warned).toHaveBeenCalledWith(expect.objectContaining({ err }), isBatch);
    });
    await holder.end();
    expect(await granted).toMatchObject({ status: 'accepted' });
    expect(await balance()).toBe(before + 1);
  });
});

function forged(code: string, message: string) {
  return { code, message, isRun: false };
}
