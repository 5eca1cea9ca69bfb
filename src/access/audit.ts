import { newId } from '../core/ids';
import type { AccountManager } from '../db/account-manager';
import { auditParameters, insertAuditEvent, type AuditEvent } from '../db/audit-trail';

export type { Attribution, AuditEvent, Origin } from '../db/audit-trail';

/**
 * Writes one act of an admin into the account's trail, in the transaction of the act itself: either
 * both are there or neither. What the ledger's writer does is recorded by its batch instead.
 */
export async function recordAudit(
  manager: AccountManager,
  event: Omit<AuditEvent, 'id' | 'accountId'>,
): Promise<void> {
  const { accountId } = manager;
  await manager.query(insertAuditEvent, auditParameters({ ...event, id: newId(), accountId }));
}
