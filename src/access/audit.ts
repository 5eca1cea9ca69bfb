import { newId } from '../core/ids';
import { auditRows, insertAuditEvents, type AuditEvent } from '../db/audit-trail';

export type { Attribution, AuditEvent, Origin } from '../db/audit-trail';

/** Whatever runs a statement inside the act's own transaction. */
interface Runs {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/**
 * Writes one act of an admin into the account's trail, in the transaction of the act itself: either
 * both are there or neither. What the ledger's writer does is recorded by its batch instead.
 */
export async function recordAudit(db: Runs, event: Omit<AuditEvent, 'id'>): Promise<void> {
  const rows = auditRows([{ ...event, id: newId() }]);
  await db.query(insertAuditEvents, [event.accountId, JSON.stringify(rows)]);
}
