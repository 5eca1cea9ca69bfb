import { activationToken, hashActivationToken } from '../access/activation-token';
import { newId } from '../core/ids';
import type { LedgerWriter } from '../ledger/account-writer';
import type { InviteAgent, Outcome } from '../ledger/commands';

type Invitee = Omit<InviteAgent, 'kind' | 'id' | 'agentId' | 'invitationId' | 'tokenHash'>;

/**
 * Invites someone, and has the link mailed where the account sends mails; both are there or neither.
 * An address that is still invited is sent a new link, and the old one ends. Refusals: EMAIL_TAKEN.
 */
export function inviteAgent(
  on: { ledger: LedgerWriter; activationKey: Uint8Array },
  accountId: string,
  invitee: Invitee,
): Promise<Outcome<'invite-agent'>> {
  const invitationId = newId();
  const token = activationToken(on.activationKey, { accountId, invitationId });
  return on.ledger.submit(accountId, {
    kind: 'invite-agent',
    id: newId(),
    agentId: newId(),
    invitationId,
    tokenHash: hashActivationToken(token),
    ...invitee,
    email: invitee.email.toLowerCase(),
  });
}
