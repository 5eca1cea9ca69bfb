import type { DataSource } from 'typeorm';
import { AccountManager } from './account-manager';
import { everyShard } from './every-shard';
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

/**
 * Queues the stored jobs of one account: their rows leave the outbox in the transaction that queues
 * them, so each job is queued once. Of two processes the second waits, and finds nothing.
 */
export async function queueStoredJobs(source: DataSource, accountId: string): Promise<number> {
  return source.transaction(async (entities) => {
    const manager = new AccountManager(entities, accountId);
    // TypeORM answers a delete with its rows and their number.
    const [taken] = (await manager.query(
      `delete from job_outbox where account_id = $1 and id in (
         select id from job_outbox where account_id = $1 order by id limit ${jobsMax})
       returning id, task, payload, run_at as "runAt"`,
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

/** Accounts whose outbox is not empty. */
export async function accountsWithStoredJobs(source: DataSource, max: number): Promise<string[]> {
  const rows: { account_id: string }[] = await source.query(
    everyShard('stored jobs', `select distinct account_id from job_outbox limit $1`),
    [max],
  );
  return rows.map(({ account_id }) => account_id);
}
