import type { FollowerLag } from '../core/metrics';
import type { DataSource } from 'typeorm';

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

/**
 * Looks for journals that have entries after the place of a follower, in the next accounts after one.
 * An account whose past is being written is left out.
 */
export async function readBehind(
  source: DataSource,
  followers: readonly string[],
  after: string,
): Promise<Behind> {
  const [row]: {
    due: { accountId: string; follower: string }[] | null;
    lags: FollowerLag[] | null;
    last: string | null;
    accounts: number;
  }[] = await source.query(
    `with looked as materialized (
       select account_id, sequence from journals
       where account_id > $2 order by account_id limit $3),
     behind as materialized (
       select j.account_id, f.name, coalesce(p.sequence, 0) as place,
         j.sequence - coalesce(p.sequence, 0) as entries,
         p.retry_at is null or p.retry_at <= clock_timestamp() as is_due
       from looked j cross join unnest($1::text[]) as f (name)
       left join follower_places p on p.account_id = j.account_id and p.follower = f.name
       where j.sequence > coalesce(p.sequence, 0)
         and not (select seeding from accounts where id = j.account_id))
     select
       (select json_agg(json_build_object('accountId', account_id, 'follower', name))
        from (select account_id, name from behind where is_due limit $4) as due) as due,
       (select json_agg(json_build_object(
          'follower', name, 'entries', entries, 'oldestMs', oldest_ms))
        from (
          select name, sum(entries) as entries, greatest(0, extract(
            epoch from clock_timestamp() - min(e.occurred_at)) * 1000) as oldest_ms
          from behind b
          join journal_entries e on e.account_id = b.account_id and e.sequence = b.place + 1
          group by name) as lag) as lags,
       (select account_id from looked order by account_id desc limit 1) as last,
       (select count(*)::int from looked) as accounts`,
    [followers, after, accountsMax, dueMax],
  );
  const { due, lags, last, accounts } = row!;
  const isEnd = accounts < accountsMax;
  return { due: due ?? [], lags: lags ?? [], nextAfter: isEnd ? null : last };
}
