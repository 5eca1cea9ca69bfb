import type { FollowerLag } from '../core/metrics';
import type { DataSource } from 'typeorm';
import { everyShard } from '../db/every-shard';

/** The result of looking at some of the accounts. */
export interface Behind {
  /** Followers that may run, and their accounts. */
  due: { accountId: string; follower: string }[];
  lags: FollowerLag[];
  /** Where the next look begins; null if this one reached the last account. */
  nextAfter: string | null;
}

/** Before every account. */
export const firstAccount = '00000000-0000-0000-0000-000000000000';
/** The accounts of one look. It is a join of two primary keys: some 10 ms. */
const accountsMax = 10_000;
/** More than are due at once after an outage; the next look finds the rest. */
const dueMax = 1_000;

/** Which accounts one look is at: those after the first, up to the last one; null: to the end. */
interface Range {
  after: string;
  through: string | null;
  /** There the past is being written. */
  seeding: string[];
}

/**
 * Looks for journals that have entries after the place of a follower, in the next accounts after one.
 * An account whose past is being written is left out. Each statement but the first goes to every shard of
 * a cluster, and is answered there: it joins by the account only, and has the instant as a parameter.
 */
export async function readBehind(
  source: DataSource,
  followers: readonly string[],
  after: string,
): Promise<Behind> {
  const [start] = await source.query<[{ now: Date; seeding: string[] }]>(
    `select clock_timestamp() as now,
       coalesce((select array_agg(id) from accounts where seeding), '{}') as seeding`,
  );
  const last = await source.query<{ accountId: string }[]>(
    everyShard(
      'followers behind',
      `select account_id as "accountId" from journals where account_id > $1
       order by account_id limit 1 offset ${accountsMax - 1}`,
    ),
    [after],
  );
  const range: Range = {
    after,
    through: last[0]?.accountId ?? null,
    seeding: start.seeding,
  };
  const due = await source.query<Behind['due']>(
    everyShard(
      'followers behind',
      `select j.account_id as "accountId", f.name as follower ${places}
       where ${isBehind} and (p.retry_at is null or p.retry_at <= $5) limit ${dueMax}`,
    ),
    [...valuesOf(followers, range), start.now],
  );
  const lags = await source.query<{ follower: string; entries: number; oldest: Date }[]>(
    everyShard(
      'followers behind',
      `select f.name as follower, sum(j.sequence - coalesce(p.sequence, 0))::int as entries,
         min(e.occurred_at) as oldest ${places}
       join journal_entries e
         on e.account_id = j.account_id and e.sequence = coalesce(p.sequence, 0) + 1
       where ${isBehind} group by f.name`,
    ),
    valuesOf(followers, range),
  );
  return {
    due,
    lags: lags.map(({ follower, entries, oldest }) => ({
      follower,
      entries,
      oldestMs: Math.max(0, start.now.getTime() - oldest.getTime()),
    })),
    nextAfter: range.through,
  };
}

/** Each journal with the place of each follower in it. */
const places = `from journals j cross join unnest($1::text[]) as f (name)
  left join follower_places p on p.account_id = j.account_id and p.follower = f.name`;

const isBehind = `j.account_id > $2 and ($3::uuid is null or j.account_id <= $3)
  and not j.account_id = any($4::uuid[]) and j.sequence > coalesce(p.sequence, 0)`;

function valuesOf(followers: readonly string[], { after, through, seeding }: Range) {
  return [followers, after, through, seeding];
}
