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
/** The tasks of jobs that were set aside. */
let setAside: string[];
beforeEach(async () => {
  accountId = await openAccount();
  setAside = [];
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

const runnerOf = (
  sweepEveryMs: number,
  options: Partial<ConstructorParameters<typeof OutboxRunner>[0]> = {},
) =>
  new OutboxRunner({
    ...{ source, log: createLog({ logLevel: 'silent' }), sweepEveryMs },
    observe: { jobSetAside: (task) => void setAside.push(task) },
    ...options,
  });

const openAccount = () => {
  const slug = `outbox-${newId()}`;
  const some = { plan: 'FREE', currency: 'USD', timeZone: 'UTC', sandbox: false };
  return createAccount(source, { slug, name: slug, ...some, createdAt: new Date() });
};

/** A row that a fault of a release has written. */
const storeBad = (task: string, payload: string) =>
  source.query('insert into job_outbox (account_id, id, task, payload) values ($1, $2, $3, $4)', [
    ...[accountId, newId(), task, payload],
  ]);

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

test('jobs that the queue refuses are set aside, and those around them are queued in order', async () => {
  await store([1, 2]);
  await storeBad('send-invitation', 'no JSON');
  await store([3]);
  await storeBad('send-notice', '{"secret": "x"');
  await store([4, 5]);
  const logged: object[] = [];
  const log = createLog({ logLevel: 'silent' });
  log.error = (line: object) => void logged.push(line);
  const runner = runnerOf(100 * hangMs, { log });
  runner.wake(accountId);
  await runner.stop();
  expect(await numbers()).toEqual([1, 2, 3, 4, 5]);
  expect([await stored(), setAside]).toEqual([2, ['send-invitation', 'send-notice']]);
  expect(runner.failingAccounts).toBe(0);
  expect(logged).toMatchObject([{ accountId, jobId: expect.any(String), code: 'not JSON' }, {}]);
  expect(JSON.stringify(logged)).not.toContain('secret');
  // They do not come again.
  await store([6]);
  await queueStoredJobs(source, accountId);
  expect([await numbers(), await stored()]).toEqual([[1, 2, 3, 4, 5, 6], 2]);
  await source.query('delete from job_outbox where account_id = $1', [accountId]);
});

test('processes that meet the same refused jobs at once set aside no other job', async () => {
  const good: number[] = [];
  for (let at = 0; at < 12; at += 1) {
    await storeBad('send-invitation', 'no JSON');
    await store([at]);
    good.push(at);
  }
  const bad: string[] = [];
  const four = [1, 2, 3, 4].map(() =>
    queueStoredJobs(source, accountId, (job) => void bad.push(job.id)),
  );
  const counts = await Promise.all(four);
  expect(await numbers()).toEqual(good);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(good.length);
  expect([await stored(), bad.length, new Set(bad).size]).toEqual([12, 12, 12]);
  await source.query('delete from job_outbox where account_id = $1', [accountId]);
});

test('a failure that would meet every job sets none aside', async () => {
  await store([1, 2]);
  await source.query('alter schema graphile_worker rename to elsewhere');
  try {
    await expect(queueStoredJobs(source, accountId)).rejects.toThrow();
  } finally {
    await source.query('alter schema elsewhere rename to graphile_worker');
  }
  await queueStoredJobs(source, accountId);
  expect(await numbers()).toEqual([1, 2]);
});

test('sweeps look at every account in turn: those that fail delay no other, and are counted', async () => {
  await source.query(`
    create function refuse() returns trigger language plpgsql as $$ begin
      if old.payload like '%refused%' then raise 'not now' using errcode = '55000'; end if;
      return old; end $$`);
  await source.query(`create trigger refuse before delete on job_outbox
    for each row execute function refuse()`);
  const failing = [accountId, await openAccount(), await openAccount()];
  const others = [await openAccount(), await openAccount()];
  for (const one of failing) {
    accountId = one;
    await storeBad('send-invitation', '{"refused":"1"}');
  }
  for (const [at, one] of others.entries()) {
    accountId = one;
    await store([at]);
  }
  // The ids grow, so the first sweep of two accounts meets failing ones only.
  const runner = runnerOf(10, { accountsMax: 2 });
  runner.start();
  for (const [at, one] of others.entries()) {
    accountId = one;
    await eventually(async () => expect(await numbers()).toEqual([at]));
  }
  const areFailing = (count: number) =>
    eventually(async () => {
      await Promise.resolve();
      expect(runner.failingAccounts).toBe(count);
    });
  await areFailing(3);
  // The metric counts an account until its jobs have left, by whatever process.
  await source.query('drop function refuse cascade');
  await source.query('delete from job_outbox where account_id = $1', [failing[0]]);
  await areFailing(0);
  accountId = failing[1]!;
  expect([await stored(), setAside]).toEqual([0, []]);
  await runner.stop();
});
