import type { DataSource } from 'typeorm';
import { readActivationToken } from '../access/activation-token';
import type { Origin } from '../access/audit';
import { newId } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import type { LedgerWriter } from '../ledger/ledger-writer';
import { refused, type Refused } from '../ledger/model/outcome';
import { findInvitation } from './invitation.queries';

/**
 * Makes the agent of an activation link active, and signs nobody in. A token that its agent used
 * already answers the same; every other that does not do is ACTIVATION_INVALID, alike.
 */
export async function activateAgent(
  on: { source: DataSource; ledger: LedgerWriter },
  token: string,
  origin: Origin,
): Promise<{ email: string } | Refused> {
  const read = readActivationToken(token);
  if (!read) return invalid();
  const { accountId, invitationId, hash } = read;
  // Anybody may ask: who holds no token is told so here, and never takes an account's lock.
  const invitation = await findInvitation(new AccountScope(on.source, accountId), invitationId);
  if (invitation?.tokenHash !== hash) return invalid();
  const { email } = invitation;
  if (invitation.isUsed) return { email };
  const outcome = await on.ledger.submit(accountId, {
    kind: 'activate-agent',
    id: newId(),
    invitationId,
    tokenHash: hash,
    audit: { actor: null, origin },
  });
  return outcome.status === 'refused' ? outcome : { email };
}

function invalid(): Refused {
  return refused(
    'ACTIVATION_INVALID',
    'This link is not valid, or no longer valid. Ask an administrator for a new one.',
    ['activationToken'],
  );
}
