import type { Client } from 'pg';
import { everyShard } from '../db/every-shard';
import { ok, warning, type Finding } from './doctor-finding';

const part = 'outbox';
/** A process queues the jobs of others within seconds. */
const waitMaxMinutes = 10;
/** More than a person would check by hand. */
const listedMax = 20;

/** Jobs that commands left in the outboxes of their accounts and that no process queues, or none can. */
export async function checkOutbox(client: Client): Promise<Finding> {
  const now = await client.query<{ ms: number }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
  );
  const { rows } = await client.query<{ account_id: string; oldest: string; jobs: number }>(
    everyShard(
      'stored jobs',
      `select account_id, min(id::text) as oldest, count(*)::int as jobs
       from job_outbox where set_aside_at is null group by account_id order by 2 limit ${listedMax}`,
    ),
  );
  const setAside = await client.query<{ id: string; account_id: string; task: string }>(
    everyShard(
      'stored jobs',
      `select id, account_id, task from job_outbox where set_aside_at is not null
       order by id limit ${listedMax}`,
    ),
  );
  if (setAside.rows.length > 0) {
    const jobs = setAside.rows.map(({ id, account_id, task }) => `${task} ${id} of ${account_id}`);
    return warning(
      part,
      `set aside, because the queue refuses what is in them: ${jobs.join(', ')}`,
      'Repair the payload of the row in job_outbox and set its set_aside_at to null, or delete the row.',
    );
  }
  const stays = rows.filter(({ oldest }) => ageMinutes(oldest, now.rows[0]!.ms) > waitMaxMinutes);
  if (stays.length === 0) return ok(part, 'no job stays');
  const accounts = stays.map(({ account_id: id, jobs }) => `${id} ${jobs}`).join(', ');
  return warning(
    part,
    `not queued for more than ${waitMaxMinutes} minutes, by account: ${accounts}`,
    'Check that a process of the service runs. Its log says why jobs are not queued ' +
      '("jobs of an outbox were not queued").',
  );
}

/** A job has no instant of its own, but its id has the time of the process that made it. */
function ageMinutes(id: string, nowMs: number): number {
  return (nowMs - Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)) / 60_000;
}
