import type { DataSource } from 'typeorm';
import { recordAudit, type Attribution } from '../access/audit';
import type { HintCarrier } from '../db/hints';
import { IdentityProviderRow } from '../db/tables/identity-provider';
import { writeState } from '../db/write-state';
import { settingsIn } from './set-identity-provider';

/**
 * Takes an identity provider away, with whom it meant by whom. Answers whether there was one. `audit`
 * is null at the operator's command line.
 */
export function removeIdentityProvider(
  on: { source: DataSource; hints: Pick<HintCarrier, 'send'> },
  accountId: string,
  { id, nowMs, audit }: { id: string; nowMs: number; audit: Attribution | null },
): Promise<boolean> {
  return writeState(on, accountId, async (manager) => {
    const known = await manager.findOneBy(IdentityProviderRow, { accountId, id });
    if (!known) return { result: false, changed: [] };
    await manager.delete(IdentityProviderRow, { accountId, id });
    if (audit) {
      await recordAudit(manager, {
        ...audit,
        accountId,
        action: 'identity_provider.removed',
        subject: { type: 'IdentityProvider', id },
        before: settingsIn(known),
        after: null,
        occurredAt: new Date(nowMs),
      });
    }
    return { result: true, changed: [{ kind: 'identityProvider', id }] };
  });
}
