import type { List } from '../../api/read-page';
import type { AccountScope } from '../../db/account-scope';
import { AuditEventRow } from '../../db/tables/audit-event';
import type { ConvertedAgent } from './full-time-days.rules';

/*
 * Conversions are acts of the audit trail, which is append-only: it contains those of earlier
 * releases, and those that another release writes while both run.
 */

export const converted = 'agent.converted';

/** The conversions of one agent, newest first. */
export function conversionList(scope: AccountScope, agentId: string): List<AuditEventRow> {
  const rows = scope
    .select(AuditEventRow)
    .andWhere(`row.action = '${converted}'`)
    .andWhere('row.subjectId = :agentId', { agentId });
  const keys = [{ sql: 'row.occurredAt', kind: 'instant' as const }];
  const order = { name: 'AT', keys, direction: 'DESC' as const };
  return { name: `conversions of ${agentId}`, rows, order };
}

/**
 * Agents with a conversion between two local dates, or some hours from it; at most `most`. A local date
 * begins less than a day from the same date in UTC.
 */
export function convertedAgents(
  scope: AccountScope,
  { from, to, most }: { from: string; to: string; most: number },
): Promise<ConvertedAgent[]> {
  return scope.query<ConvertedAgent>(
    `select agent.id as "agentId", agent.time_zone as "timeZone",
       (extract(epoch from agent.activated_at) * 1000)::bigint as "activatedAtMs",
       json_agg(json_build_object('from', act.before ->> 'type', 'to', act.after ->> 'type',
         'atMs', (extract(epoch from act.occurred_at) * 1000)::bigint)
         order by act.occurred_at, act.id) as conversions
     from audit_events act
     join agents agent on agent.account_id = $1 and agent.id = act.subject_id
     where act.account_id = $1 and act.action = '${converted}' and act.subject_id in (
       select subject_id from audit_events
       where account_id = $1 and action = '${converted}'
         and occurred_at between $2::date - interval '2 days' and $3::date + interval '3 days')
     group by agent.id, agent.time_zone, agent.activated_at order by agent.id limit $4`,
    [from, to, most],
  );
}
