import type { AccountScope } from '../../db/account-scope';
import { historyDays } from './forecast.rules';

/** Passes of a wallet by local date, from the dates that a forecast uses; reversed ones are left out. */
export function dailyUse(
  scope: AccountScope,
  { walletId, today }: { walletId: string; today: string },
): Promise<{ date: string; count: number }[]> {
  // A local date begins less than a day from the same date in UTC, so `starts_at` finds the rows by
  // its index. At most one row per date.
  return scope.query(
    `select local_date::text as date, count(*)::integer as count from consumptions
     where account_id = $1 and wallet_id = $2 and reversed_at is null
       and local_date between $3::date - ${historyDays} and $3::date
       and starts_at between $3::date - interval '${historyDays + 2} days'
         and $3::date + interval '3 days'
     group by local_date order by local_date`,
    [walletId, today],
  );
}

/** A wallet with more ends than this is forecast as if the others had none. */
const endsMax = 400;

/** What is left in a wallet. */
export interface Left {
  /** By priority and end, in the order in which passes are drawn. */
  stocks: { count: number; expiresAtMs: number | null }[];
  /** Passes past their end, which are in the balance until the entry that removes them is written. */
  due: number;
}

export async function leftByEnd(
  scope: AccountScope,
  { walletId, nowMs }: { walletId: string; nowMs: number },
): Promise<Left> {
  const rows = await scope.query<Left['stocks'][number]>(
    `select sum(remaining)::integer as count,
       (extract(epoch from expires_at) * 1000)::bigint as "expiresAtMs"
     from lots where account_id = $1 and wallet_id = $2 and remaining > 0
     group by priority, expires_at order by priority, expires_at limit ${endsMax}`,
    [walletId],
  );
  const isDue = ({ expiresAtMs }: Left['stocks'][number]) =>
    expiresAtMs !== null && expiresAtMs <= nowMs;
  return {
    stocks: rows.filter((row) => !isDue(row)),
    due: rows.filter(isDue).reduce((sum, { count }) => sum + count, 0),
  };
}
