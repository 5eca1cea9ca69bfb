import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { AuditEventRow } from '../db/tables/audit-event';

/** Loads acts by id. */
export function auditEventsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(AuditEventRow | null)[]> {
  return scope.byId(AuditEventRow, ids);
}

export interface AuditListQuery {
  action: string | null;
  actorId: string | null;
  subject: { type: string; id: string } | null;
}

/** The acts of the account that match a filter, newest first. */
export function auditList(scope: AccountScope, filter: AuditListQuery): List<AuditEventRow> {
  const { action, actorId, subject } = filter;
  const rows = scope.select(AuditEventRow);
  if (action !== null) rows.andWhere('row.action = :action', { action });
  if (actorId !== null) rows.andWhere('row.actorId = :actorId', { actorId });
  if (subject !== null) {
    rows.andWhere('row.subjectType = :type and row.subjectId = :id', subject);
  }
  const keys = [{ sql: 'row.occurredAt', kind: 'instant' as const }];
  return { name: 'auditEvents', rows, order: { name: 'OCCURRED_AT', keys, direction: 'DESC' } };
}
