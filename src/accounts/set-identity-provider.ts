import { recordAudit, type Attribution } from '../access/audit';
import type { UserError } from '../api/user-error';
import type { OutboundRules } from '../core/outbound';
import { newId } from '../core/ids';
import type { AccountState } from '../db/account-state';
import { IdentityProviderRow } from '../db/tables/identity-provider';
import { isSameIssuer, refuseSettings, type ProviderSettings } from './identity-provider.rules';

/** Every sign-in looks through all of them. */
const providersMax = 10;

/**
 * Writes an identity provider of the account, by its issuer: all of its settings, in place of what
 * they were. Answers its row id, or why it was refused.
 */
export async function setIdentityProvider(
  { state, fetchRules }: { state: AccountState; fetchRules: OutboundRules },
  act: {
    settings: ProviderSettings;
    nowMs: number;
    /** Null: the operator's, at the command line. */
    audit: Attribution | null;
  },
): Promise<{ id: string } | { refused: UserError }> {
  const { settings, nowMs, audit } = act;
  const invalid = refuseSettings(settings, fetchRules);
  if (invalid) return { refused: invalid };
  return state.write<{ id: string } | { refused: UserError }>(async (manager) => {
    const rows = await manager.findBy(IdentityProviderRow, {});
    const known = rows.find(({ issuer }) => issuer === settings.issuer);
    const twin = !known && rows.find(({ issuer }) => isSameIssuer(issuer, settings.issuer));
    if (twin) {
      const message = `The account already has this provider, with the issuer ${twin.issuer}. Use that spelling to change it.`;
      return { result: { refused: refusedIssuer(message) }, changed: [] };
    }
    if (!known && rows.length >= providersMax) {
      const message = `The account has ${providersMax} identity providers, the highest number. Remove one first.`;
      return { result: { refused: refusedIssuer(message) }, changed: [] };
    }
    const id = known?.id ?? newId();
    if (known) {
      const revision = known.revision + 1;
      await manager.update(IdentityProviderRow, { id }, { ...settings, revision });
    } else {
      const createdAt = new Date(nowMs);
      await manager.insert(IdentityProviderRow, {
        ...settings,
        id,
        revision: 1,
        createdAt,
      });
    }
    if (audit) {
      await recordAudit(manager, {
        ...audit,
        action: known ? 'identity_provider.updated' : 'identity_provider.added',
        subject: { type: 'IdentityProvider', id },
        before: known ? settingsIn(known) : null,
        after: settings,
        occurredAt: new Date(nowMs),
      });
    }
    return { result: { id }, changed: [{ kind: 'identityProvider', id }] };
  });
}

/** What an admin sets of a provider, for the audit trail. */
export function settingsIn(row: IdentityProviderRow): object {
  const { issuer, name, clientId, audiences, scopes, algorithms } = row;
  const { emailClaim, trustsEmail, admitsContacts, enabled } = row;
  const tokens = { issuer, name, clientId, audiences, scopes, algorithms };
  return { ...tokens, emailClaim, trustsEmail, admitsContacts, enabled };
}

function refusedIssuer(message: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: ['issuer'] };
}
