import { activationToken, hashActivationToken } from '../access/activation-token';
import { newId } from '../core/ids';
import { addressToFind } from '../core/mailbox';
import type { AccountLedger } from '../ledger/account-ledger';
import type { InviteAgent } from '../ledger/access/invite-agent';
import type { Outcome } from '../ledger/commands';

type Invitee = Omit<InviteAgent, 'kind' | 'id' | 'agentId' | 'invitationId' | 'tokenHash'>;

/**
 * Invites an agent, and has the link mailed if the account sends mails; both happen or neither. An
 * address that is still invited gets a new link, and the old one ends. Returns the link's token
 * too: an admin passes it on if no mail is sent. Refusals: EMAIL_TAKEN.
 */
export async function inviteAgent(
  { ledger, activationKey }: { ledger: AccountLedger; activationKey: Uint8Array },
  invitee: Invitee,
): Promise<{ outcome: Outcome<'invite-agent'>; activationToken: string }> {
  const invitation = newInvitation(ledger.accountId, activationKey);
  const { invitationId } = invitation;
  const outcome = await ledger.submit<'invite-agent'>({
    kind: 'invite-agent',
    id: newId(),
    agentId: newId(),
    ...invitation,
    ...invitee,
    email: addressToFind(invitee.email),
  });
  const token = activationToken(activationKey, { accountId: ledger.accountId, invitationId });
  return { outcome, activationToken: token };
}

/** The id of an invitation, and what is kept of its link's token. */
export function newInvitation(
  accountId: string,
  activationKey: Uint8Array,
): { invitationId: string; tokenHash: string } {
  const invitationId = newId();
  const token = activationToken(activationKey, { accountId, invitationId });
  return { invitationId, tokenHash: hashActivationToken(token) };
}
