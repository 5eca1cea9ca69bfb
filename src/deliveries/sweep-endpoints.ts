import type { DataSource } from 'typeorm';
import { everyShard } from '../db/every-shard';
import { isDue } from './endpoint-store';

/** More accounts are not looked at in one sweep; the next finds the rest. */
const dueMax = 1_000;

/** How far the active endpoints that do not fail are from the ends of their journals. */
export interface EndpointLag {
  entries: number;
  /** The age of the oldest entry that waits, by its own instant. */
  oldestMs: number;
}

/** Which accounts have endpoints that may send, and in which something is due. */
export interface EndpointSweep {
  active: string[];
  due: string[];
  /** How many endpoints are in each state; FAILING: active, and the last try failed. */
  states: Readonly<Record<'ACTIVE' | 'FAILING' | 'PAUSED' | 'PAUSED_FAILING', number>>;
  lag: EndpointLag;
}

export async function sweepEndpoints(source: DataSource, nowMs: number): Promise<EndpointSweep> {
  // In a cluster each statement is answered by the shards alone.
  const active = await accountsOf(
    source,
    `select distinct account_id from webhook_endpoints where state = 'ACTIVE'`,
  );
  const due = await accountsOf(
    source,
    `select distinct e.account_id from webhook_endpoints e
     join journals j on j.account_id = e.account_id where ${isDue} limit ${dueMax}`,
  );
  const [row] = await source.query<
    [EndpointSweep['states'] & { entries: number; oldest: Date | null }]
  >(
    everyShard(
      'endpoints',
      `select
         count(*) filter (where e.state = 'ACTIVE' and e.failures = 0)::int as "ACTIVE",
         count(*) filter (where e.state = 'ACTIVE' and e.failures > 0)::int as "FAILING",
         count(*) filter (where e.state = 'PAUSED')::int as "PAUSED",
         count(*) filter (where e.state = 'PAUSED_FAILING')::int as "PAUSED_FAILING",
         coalesce(sum(j.sequence - e.sequence), 0)::float8 as entries,
         min(waits.occurred_at) as oldest
       from webhook_endpoints e
       left join journals j on j.account_id = e.account_id
         and e.state = 'ACTIVE' and e.failures = 0 and j.sequence > e.sequence
       left join journal_entries waits
         on waits.account_id = j.account_id and waits.sequence = e.sequence + 1`,
    ),
  );
  const { entries, oldest, ...states } = row;
  const oldestMs = oldest ? Math.max(0, nowMs - oldest.getTime()) : 0;
  return { active, due, states, lag: { entries, oldestMs } };
}

async function accountsOf(source: DataSource, sql: string): Promise<string[]> {
  const rows = await source.query<{ account_id: string }[]>(everyShard('endpoints', sql));
  return rows.map(({ account_id }) => account_id);
}

/** Of each endpoint. Older tries help nobody. */
const triesMax = 10_000;
const triesMaxDays = 30;

/** Deletes tries that are too old or too many. */
export async function pruneTries(source: DataSource): Promise<void> {
  const [{ now }] = await source.query<[{ now: Date }]>('select clock_timestamp() as now');
  await source.query(
    everyShard(
      'old tries',
      `delete from webhook_tries t using (
       select account_id, id from (
         select account_id, id, tried_at, row_number() over (
           partition by account_id, endpoint_id order by tried_at desc, id desc) as place
         from webhook_tries) as placed
       where place > $1 or tried_at < $2::timestamptz) as old
     where t.account_id = old.account_id and t.id = old.id`,
    ),
    [triesMax, new Date(now.getTime() - triesMaxDays * 24 * 3_600_000)],
  );
}
