import type { Client } from 'pg';
import { ok, warning, type Finding } from './doctor-finding';

const part = 'jobs';
/** A process that can do a job begins it within seconds. */
const waitMaxMinutes = 10;

/** Jobs that no process has begun: mails while no process has SMTP, or tasks of an older release. */
export async function checkJobs(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ task: string; jobs: number }>(
    `select task_identifier as task, count(*)::int as jobs from graphile_worker.jobs
     where attempts = 0 and run_at < clock_timestamp() - interval '1 minute' * $1::int
     group by 1 order by 1`,
    [waitMaxMinutes],
  );
  if (rows.length === 0) return ok(part, 'none waits');
  const waiting = rows.map(({ task, jobs }) => `${task} ${jobs}`).join(', ');
  return warning(
    part,
    `not begun for more than ${waitMaxMinutes} minutes: ${waiting}`,
    'Check that a process of the service runs. Mails wait until one has SMTP_URL.',
  );
}
