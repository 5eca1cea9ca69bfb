import { recordAudit, type Attribution } from '../access/audit';
import type { AccountState } from '../db/account-state';
import { IdentityProviderRow } from '../db/tables/identity-provider';
import { settingsIn } from './set-identity-provider';

/**
 * Removes an identity provider and the links of its subjects. Returns whether it existed. `audit`
 * is null at the operator's command line.
 */
export function removeIdentityProvider(
  state: AccountState,
  { id, nowMs, audit }: { id: string; nowMs: number; audit: Attribution | null },
): Promise<boolean> {
  return state.write(async (manager) => {
    const known = await manager.findOneBy(IdentityProviderRow, { id });
    if (!known) return { result: false, changed: [] };
    await manager.delete(IdentityProviderRow, { id });
    if (audit) {
      await recordAudit(manager, {
        ...audit,
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
