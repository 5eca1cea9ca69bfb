import { runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import type { Log } from '../core/log';
import { ReleaseOncePool } from './release-once-pool';
import { watchBrokenConnections, writerPoolOptions } from './writer-pool';

/** Something to do after the transaction that requests it, by any replica, until it succeeds. */
export interface Job {
  task: string;
  /** Ids, and no secrets: it is stored in the database until the job is done. */
  payload: Record<string, string>;
  /** Not before then; left out: as soon as possible. */
  runAt?: Date;
  /** Of the same key at most one job waits. */
  key?: string;
  /** The jobs of one queue run one after the other. */
  queue?: string;
}

/**
 * How often a job is tried: the waits grow from 3 seconds to 6 hours, so that the last is made after
 * some four days, well within the week that an activation link lasts.
 */
const triesMax = 25;

/**
 * Queues `$2`, the JSON of jobs: they exist when the transaction commits, and only then.
 * graphile-worker sends a NOTIFY for it. It is called by a follower, together with its
 * place, by the outbox, in which commands leave their jobs, and by a job that stores notices. `$1` is the account.
 */
export const enqueueJobs = `
  select graphile_worker.add_job(
    task, payload, run_at => "runAt", max_attempts => ${triesMax}, job_key => key,
    queue_name => queue)::text
  from json_to_recordset($2::json) as job (task text, payload json, "runAt" timestamptz, key text,
    queue text)
  where $1::uuid is not null`;

/** Makes or renews the schema `graphile_worker`. Runs under the set-up lock. */
export async function migrateJobs(url: string): Promise<void> {
  // As for our own migrations, the bounds of requests do not apply here.
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool: pool });
  } catch (error) {
    if ((error as { code?: string }).code !== insufficientPrivilege) throw error;
    throw new Error(
      'The database role may not create the schema graphile_worker, which holds the job queue. Grant it ' +
        'CREATE on the database, or make the schema and give it to the role.',
      { cause: error },
    );
  } finally {
    await pool.end();
  }
}

const insufficientPrivilege = '42501';

/** One listens, the others do jobs. */
const poolSize = 3;

export function createJobPool(url: string, log: Log, size = poolSize): ReleaseOncePool {
  const options = writerPoolOptions(url, size, { application_name: 'daypass jobs' });
  const pool = new ReleaseOncePool(options);
  watchBrokenConnections(pool, log);
  return pool;
}

/**
 * Releases jobs whose worker was killed: our jobs end within seconds, so a job that has run for
 * minutes has no worker. graphile-worker itself would wait for four hours.
 */
export async function unlockDeadWorkers(pool: Pool): Promise<void> {
  await pool.query(`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker.jobs where locked_at < clock_timestamp() - interval '5 minutes'
    having count(*) > 0`);
}
