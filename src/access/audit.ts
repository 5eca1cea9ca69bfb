import { newId } from '../core/ids';
import type { AccountManager } from '../db/account-manager';
import { auditParameters, insertAuditEvent, type AuditEvent } from '../db/audit-trail';

export type { Attribution, AuditEvent, Origin } from '../db/audit-trail';

/**
 * Writes one act of an admin into the account's audit trail, in the transaction of the act itself,
 * so that either both exist or neither. Acts by the ledger's writer are recorded by its batch
 * instead.
 */
export async function recordAudit(
  manager: AccountManager,
  event: Omit<AuditEvent, 'id' | 'accountId'>,
): Promise<void> {
  const { accountId } = manager;
  await manager.query(insertAuditEvent, auditParameters({ ...event, id: newId(), accountId }));
}
