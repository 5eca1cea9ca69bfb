import type { AccountScope } from '../../db/account-scope';
import { lotOf } from '../consumptions/paid.queries';
import { monthDays, monthsMax, type PaidMonth } from './advice.rules';
import { converted } from './conversion.queries';

/** What an agent used in the last months. */
export interface PaidMonths {
  /** Since when the agent has been active and occasional; null if the agent was never active. */
  sinceMs: number | null;
  months: (PaidMonth & { currency: string })[];
}

/** An agent and the instant to count back from. As a text, so that it is a key. */
export function adviceKey(agentId: string, nowMs: number): string {
  return `${agentId} ${nowMs}`;
}

/**
 * Loads what was paid for the passes of many agents by month, with one statement. A pass that was
 * reversed, granted or is owed cost nothing. Days before a conversion show no use, so they do not count
 * as history.
 */
export async function paidMonths(
  scope: AccountScope,
  keys: readonly string[],
): Promise<PaidMonths[]> {
  const asked = keys.map((key) => key.split(' '));
  const rows = await scope.query<PaidMonths & { key: string }>(
    `select asked.key, (extract(epoch from greatest(agent.activated_at, conversion.at)) * 1000)::bigint
         as "sinceMs",
       coalesce(used.months, '[]') as months
     from unnest($2::text[], $3::uuid[], $4::double precision[]) as asked (key, agent_id, now_ms)
     join agents agent on agent.account_id = $1 and agent.id = asked.agent_id
     left join lateral (
       select max(act.occurred_at) as at from audit_events act
       where act.account_id = $1 and act.action = '${converted}' and act.subject_id = asked.agent_id
     ) conversion on true
     left join lateral (
       select json_agg(part) as months from (
         select floor((asked.now_ms - extract(epoch from pass.starts_at) * 1000) / $5)::integer as month,
           count(*)::integer as days, sum(lot.unit_price_minor)::bigint as minor, lot.currency
         from consumptions pass
         join lots lot on lot.account_id = pass.account_id and lot.id = ${lotOf('pass')}
         where pass.account_id = $1 and pass.agent_id = asked.agent_id
           and pass.reversed_at is null and lot.unit_price_minor is not null
           and pass.starts_at > to_timestamp((asked.now_ms - $5 * ${monthsMax}) / 1000)
         group by month, lot.currency
       ) part
     ) used on true`,
    [
      keys,
      asked.map(([id]) => id),
      asked.map(([, nowMs]) => Number(nowMs)),
      monthDays * 86_400_000,
    ],
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  return keys.map((key) => found.get(key)!);
}
