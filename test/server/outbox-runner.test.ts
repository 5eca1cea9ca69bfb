import type { DataSource } from 'typeorm';
import { createAccount } from '../../src/accounts/create-account';
import { newId } from '../../src/core/ids';
import { createLog } from '../../src/core/log';
import { queueStoredJobs, storeJobs } from '../../src/db/job-outbox';
import { OutboxRunner } from '../../src/server/outbox-runner';
import { createTestDatabase, openTestSource, type TestDatabase } from '../support/desk/database';
import { eventually, hangMs } from '../support/patience';

/* Jobs that the ledger's commands leave in the outbox of their account. */

let database: TestDatabase;
let source: DataSource;
beforeAll(async () => {
  database = await createTestDatabase();
  source = await openTestSource(database.url, 6);
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

let accountId: string;
beforeEach(async () => {
  const slug = `outbox-${newId()}`;
  const some = { plan: 'FREE', currency: 'USD', timeZone: 'UTC', sandbox: false };
  accountId = await createAccount(source, { slug, name: slug, ...some, createdAt: new Date() });
});

const store = (numbers: readonly number[], runAt?: Date) =>
  source.query(storeJobs, [
    accountId,
    JSON.stringify(
      numbers.map((number) => ({
        id: newId(),
        task: 'send-invitation',
        payload: { accountId, number: String(number) },
        runAt,
      })),
    ),
  ]);

const queued = async () => {
  const rows: { number: string; run_at: Date }[] = await source.query(
    `select payload ->> 'number' as number, run_at from graphile_worker._private_jobs
     where payload ->> 'accountId' = $1 order by id`,
    [accountId],
  );
  return rows;
};
const numbers = async () => (await queued()).map(({ number }) => Number(number));
const stored = async () =>
  (await source.query<unknown[]>('select 1 from job_outbox where account_id = $1', [accountId]))
    .length;

const runnerOf = (sweepEveryMs: number) =>
  new OutboxRunner({ source, log: createLog({ logLevel: 'silent' }), sweepEveryMs });

test('jobs are queued once and in their order, however many processes queue them', async () => {
  const runAt = new Date('2034-01-01T00:00:00Z');
  await store([1, 2, 3, 4, 5, 6, 7, 8], runAt);
  const counts = await Promise.all([1, 2, 3, 4].map(() => queueStoredJobs(source, accountId)));
  expect(counts.sort()).toEqual([0, 0, 0, 8]);
  expect(await numbers()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await queued())[0]!.run_at).toEqual(runAt);
  expect(await stored()).toBe(0);
});

test('a process that ends in the middle leaves its jobs to the next, once', async () => {
  await store([1, 2]);
  const isDeleting = `select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%add_job%'`;
  const blocker = source.createQueryRunner();
  await blocker.startTransaction();
  await blocker.query('lock table graphile_worker._private_jobs in exclusive mode');
  const dies = queueStoredJobs(source, accountId).catch(() => 'killed');
  // Its rows are deleted and its jobs are being added: neither is committed.
  await eventually(async () => {
    const killed: unknown[] = await source.query(
      `select pg_terminate_backend(pid, 5000) from (${isDeleting}) as waiting`,
    );
    expect(killed).toHaveLength(1);
  });
  expect(await dies).toBe('killed');
  await blocker.rollbackTransaction();
  await blocker.release();
  expect([await stored(), await numbers()]).toEqual([2, []]);
  await queueStoredJobs(source, accountId);
  expect([await stored(), await numbers()]).toEqual([0, [1, 2]]);
});

test('the process that stored jobs queues them at once, before any sweep', async () => {
  const runner = runnerOf(100 * hangMs);
  await store([1]);
  runner.wake(accountId);
  await runner.stop();
  expect(await numbers()).toEqual([1]);
});

test('a sweep queues the jobs of others, and an account that fails does not delay the next', async () => {
  await source.query(
    `insert into job_outbox (account_id, id, task, payload) values ($1, $2, 'send-invitation', 'no JSON')`,
    [accountId, newId()],
  );
  const failing = accountId;
  const slug = `outbox-${newId()}`;
  const some = { plan: 'FREE', currency: 'USD', timeZone: 'UTC', sandbox: false };
  accountId = await createAccount(source, { slug, name: slug, ...some, createdAt: new Date() });
  await store([7]);
  const runner = runnerOf(10);
  runner.start();
  await eventually(async () => expect(await numbers()).toEqual([7]));
  accountId = failing;
  expect(await stored()).toBe(1);
  // The metric counts the account until its jobs have left, by whatever process.
  await eventually(async () => {
    await Promise.resolve();
    expect(runner.failingAccounts).toBe(1);
  });
  await source.query('delete from job_outbox where account_id = $1', [failing]);
  await eventually(async () => {
    await Promise.resolve();
    expect(runner.failingAccounts).toBe(0);
  });
  await runner.stop();
});
