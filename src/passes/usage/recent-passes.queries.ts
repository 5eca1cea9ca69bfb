import type { AccountScope } from '../../db/account-scope';
import type { Money } from '../../ledger/model/ledger';
import { sumsSql } from '../consumptions/money-sums';
import { lotOf } from '../consumptions/paid.queries';

/** What an agent has used recently. */
export interface RecentPasses {
  consumed: number;
  /** Without tax, by currency. */
  paid: Money[];
  /** The start of the newest pass ever; null if the agent never used one. */
  lastStartsAt: Date | null;
}

/** An agent and the beginning of the time that counts. As a text, so that it is a key. */
export function recentKey(agentId: string, sinceMs: number): string {
  return `${agentId} ${sinceMs}`;
}

/** Loads what many agents have used, with one statement. Reversed passes do not count. */
export async function recentPasses(
  scope: AccountScope,
  keys: readonly string[],
): Promise<RecentPasses[]> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await scope.query<RecentPasses & { key: string }>(
    `select asked.key, recent.consumed, recent.paid, newest.starts_at as "lastStartsAt"
     from unnest($2::text[], $3::uuid[], $4::double precision[]) as asked (key, agent_id, since_ms)
     cross join lateral (
       select coalesce(sum(count), 0)::integer as consumed, ${sumsSql('minor', 'currency')} as paid
       from (
         select count(*) as count, lot.currency, sum(lot.unit_price_minor) as minor
         from consumptions pass
         left join lots lot on lot.account_id = pass.account_id and lot.id = ${lotOf('pass')}
         where pass.account_id = $1 and pass.agent_id = asked.agent_id
           and pass.starts_at > to_timestamp(asked.since_ms / 1000) and pass.reversed_at is null
         group by lot.currency
       ) by_currency
     ) recent
     left join lateral (
       select starts_at from consumptions
       where account_id = $1 and agent_id = asked.agent_id and reversed_at is null
       order by starts_at desc limit 1
     ) newest on true`,
    [keys, asked.map(([id]) => id), asked.map(([, sinceMs]) => Number(sinceMs))],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => found.get(key)!);
}
