import type { DataSource } from 'typeorm';
import { AccountManager } from './account-manager';
import { AccountScope } from './account-scope';
import { everyShard } from './every-shard';
import { readInstant } from './instant';
import { enqueueJobs } from './jobs';

/*
 * Jobs come into being in two ways. A follower queues them together with its place. A command of the
 * ledger stores them in the outbox of its account, in its own transaction, and a process queues them
 * after the commit. So a command writes to tables of its account only, which in a cluster are on one
 * machine; the queue may be on another.
 */

/** Stores `$2`, the JSON of jobs with ids, for the account `$1`. */
export const storeJobs = `
  insert into job_outbox (account_id, id, task, payload, run_at)
  select j.account_id, n.id, n.task, n.payload::text, n."runAt"
  from journals j cross join json_to_recordset($2::json)
    as n (id uuid, task text, payload json, "runAt" timestamptz)
  where j.account_id = $1`;

/** More than a batch of commands requests. */
const jobsMax = 1_000;

interface StoredJob {
  id: string;
  task: string;
  payload: string;
  runAt: Date | null;
}

/** A job that was set aside. Its payload is never logged. */
export interface SetAsideJob {
  id: string;
  task: string;
}

/**
 * Queues the stored jobs of one account: their rows leave the outbox in the transaction that queues
 * them, so each job is queued once. Of two processes the second waits, and finds nothing. A job whose
 * content the queue refuses is set aside, so that the jobs after it do not wait for it.
 */
export async function queueStoredJobs(
  source: DataSource,
  accountId: string,
  onSetAside: (job: SetAsideJob, error: unknown) => void = () => {},
): Promise<number> {
  try {
    return await queueJobs(source, accountId);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    return queueOneByOne(source, accountId, onSetAside);
  }
}

async function queueOneByOne(
  source: DataSource,
  accountId: string,
  onSetAside: (job: SetAsideJob, error: unknown) => void,
): Promise<number> {
  const scope = new AccountScope(source, accountId);
  let queued = 0;
  for (const id of await waitingIds(scope)) {
    try {
      queued += await queueJobs(source, accountId, [id]);
    } catch (error) {
      if (!isRefusedContent(error)) throw error;
      const job = await setAside(scope, id);
      if (job) onSetAside(job, error);
    }
  }
  return queued;
}

async function waitingIds(scope: AccountScope): Promise<string[]> {
  const rows = await scope.query<{ id: string }>(
    `select id from job_outbox where account_id = $1 and set_aside_at is null
     order by id limit $2`,
    [jobsMax],
  );
  return rows.map(({ id }) => id);
}

/** Queues the first of the waiting jobs, or those named, and answers how many they were. */
function queueJobs(
  source: DataSource,
  accountId: string,
  ids: readonly string[] | null = null,
): Promise<number> {
  return source.transaction(async (entities) => {
    const manager = new AccountManager(entities, accountId);
    // TypeORM answers a delete with its rows and their number.
    const [taken] = (await manager.query(
      `delete from job_outbox where account_id = $1 and id in (
         select id from job_outbox where account_id = $1 and set_aside_at is null
           and ($3::uuid[] is null or id = any ($3))
         order by id limit $2)
       returning id, task, payload, run_at as "runAt"`,
      [jobsMax, ids],
    )) as unknown as [StoredJob[], number];
    if (taken.length === 0) return 0;
    const jobs = taken
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ task, payload, runAt }) => ({
        task,
        payload: JSON.parse(payload) as unknown,
        runAt,
      }));
    await manager.query(enqueueJobs, [JSON.stringify(jobs)]);
    return taken.length;
  });
}

/** Null if another process has queued the job, or set it aside, meanwhile. */
async function setAside(scope: AccountScope, id: string): Promise<SetAsideJob | null> {
  const [rows] = (await scope.query(
    `update job_outbox set set_aside_at = $3
     where account_id = $1 and id = $2 and set_aside_at is null
     returning id, task`,
    [id, await readInstant(scope)],
  )) as unknown as [SetAsideJob[], number];
  return rows[0] ?? null;
}

/**
 * Whether the fault is in the jobs: they are not JSON, or PostgreSQL or a check of graphile-worker
 * (GW…) refuses a value. Any other failure would meet every job, and passes.
 */
function isRefusedContent(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof SyntaxError || /^(?:22|23|54|GW)/.test(String(code));
}

/** The next accounts after one, in the order of their ids, in whose outboxes jobs wait. */
export async function accountsWithStoredJobs(
  source: DataSource,
  { after, max }: { after: string; max: number },
): Promise<string[]> {
  const rows: { account_id: string }[] = await source.query(
    everyShard(
      'stored jobs',
      `select distinct account_id from job_outbox
       where account_id > $1 and set_aside_at is null order by account_id limit $2`,
    ),
    [after, max],
  );
  return rows.map(({ account_id }) => account_id);
}
