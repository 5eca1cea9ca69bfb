import type { AccountScope } from '../../db/account-scope';
import type { UsageInterval } from './usage.rules';

export type UsageGroup = 'AGENT' | 'CLIENT' | 'SOURCE';

/** The use in one period, for one key of the group. */
export interface UsageRow {
  periodStart: string;
  /** The agent's or client's row id, or the source; null if the group has none. */
  key: string | null;
  consumed: number;
  reversed: number;
  emergency: number;
  /** Left out: none are counted. */
  fullTimeDays?: number;
  costMinor: number | null;
  /** Null if there are prices in several currencies: they have no sum. */
  currency: string | null;
}

const keys: Record<UsageGroup, string> = {
  AGENT: 'agent_id::text',
  CLIENT: 'client_id::text',
  SOURCE: 'source',
};
const units: Record<UsageInterval, string> = { DAY: 'day', WEEK: 'week', MONTH: 'month' };

/**
 * Passes per period of their own local dates and per key, without empty periods; at most `most`
 * rows. A local date begins less than a day from the same date in UTC, so the consumptions are
 * found by their start.
 */
export function usageRows(
  scope: AccountScope,
  question: {
    from: string;
    to: string;
    interval: UsageInterval;
    groupBy: UsageGroup | null;
    walletId: string | null;
    most: number;
  },
): Promise<UsageRow[]> {
  const { from, to, interval, groupBy, walletId, most } = question;
  const key = groupBy ? keys[groupBy] : 'null::text';
  return scope.query<UsageRow>(
    `select date_trunc('${units[interval]}', local_date::timestamp)::date::text as "periodStart",
       ${key} as key,
       (count(*) filter (where reversed_at is null))::integer as consumed,
       (count(*) filter (where reversed_at is not null))::integer as reversed,
       (count(*) filter (where reversed_at is null and emergency))::integer as emergency,
       (sum(price_minor) filter (where reversed_at is null))::bigint as "costMinor",
       case when count(distinct price_currency) filter (where reversed_at is null) = 1
         then min(price_currency) filter (where reversed_at is null) end as currency
     from consumptions
     where account_id = $1 and local_date between $2::date and $3::date
       and starts_at between $2::date - interval '2 days' and $3::date + interval '3 days'
       and ($4::uuid is null or wallet_id = $4)
     group by 1, 2 order by 1, 2 limit $5`,
    [from, to, walletId, most],
  );
}
