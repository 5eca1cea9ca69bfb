import type { AccountScope } from '../../db/account-scope';
import type { Money } from '../../ledger/model/ledger';
import { sumsByCurrency, sumsSql } from '../consumptions/money-sums';
import { lotOf } from '../consumptions/paid.queries';
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
  /** By currency. */
  paid: Money[];
  /** By currency. */
  cost: Money[];
}

const keys: Record<UsageGroup, string> = {
  AGENT: 'pass.agent_id::text',
  CLIENT: 'pass.client_id::text',
  SOURCE: 'pass.source',
};
const units: Record<UsageInterval, string> = { DAY: 'day', WEEK: 'week', MONTH: 'month' };

/**
 * Passes per period of their own local dates and per key, without empty periods; at most `most`
 * rows. A local date begins less than a day from the same date in UTC, so the consumptions are
 * found by their start. They are counted by lot first, so that the prices of few lots are read.
 */
export async function usageRows(
  scope: AccountScope,
  question: {
    from: string;
    to: string;
    interval: UsageInterval;
    groupBy: UsageGroup | null;
    walletId: string | null;
    most: number;
    /** Only the rows of so many keys, those with the most passes; null: of all. */
    top: number | null;
  },
): Promise<UsageRow[]> {
  const { from, to, interval, groupBy, walletId, most, top } = question;
  const key = groupBy ? keys[groupBy] : 'null::text';
  const rows = await scope.query<UsageRow>(
    `with drawn as (
       select date_trunc('${units[interval]}', pass.local_date::timestamp)::date as period,
         ${key} as key, ${lotOf('pass')} as lot_id,
         count(*) ${used} as consumed,
         count(*) filter (where pass.reversed_at is not null) as reversed,
         count(*) filter (where pass.reversed_at is null and pass.emergency) as emergency,
         sum(pass.price_minor) ${used} as cost, pass.price_currency as cost_currency
       from consumptions pass
       where pass.account_id = $1 and pass.local_date between $2::date and $3::date
         and pass.starts_at between $2::date - interval '2 days' and $3::date + interval '3 days'
         and ($4::uuid is null or pass.wallet_id = $4)
       group by 1, 2, 3, pass.price_currency
     ), priced as (
       select drawn.*, lot.unit_price_minor * consumed as paid,
         case when consumed > 0 then lot.currency end as paid_currency
       from drawn left join lots lot on lot.account_id = $1 and lot.id = drawn.lot_id
     ), by_currency as (
       select period, key, paid_currency, cost_currency, sum(consumed) as consumed,
         sum(reversed) as reversed, sum(emergency) as emergency,
         sum(paid) filter (where consumed > 0) as paid, sum(cost) as cost
       from priced group by period, key, paid_currency, cost_currency
     ), counted as (
       select *, sum(consumed) over (partition by key) as of_key from by_currency
     ), placed as (
       select *, dense_rank() over (order by of_key desc, key) as place from counted
     )
     select period::text as "periodStart", key,
       sum(consumed)::integer as consumed,
       sum(reversed)::integer as reversed,
       sum(emergency)::integer as emergency,
       ${sumsSql('paid', 'paid_currency')} as paid,
       ${sumsSql('cost', 'cost_currency')} as cost
     from placed where $6::integer is null or place <= $6
     group by period, key order by period, key limit $5`,
    [from, to, walletId, most, top],
  );
  return rows.map((row) => ({
    ...row,
    // Passes of one currency may have list prices in two, and the other way round.
    paid: sumsByCurrency(row.paid),
    cost: sumsByCurrency(row.cost),
  }));
}

/** A reversed pass cost nothing: only the others are summed. */
const used = 'filter (where pass.reversed_at is null)';
