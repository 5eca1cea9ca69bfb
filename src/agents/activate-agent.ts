import type { DataSource } from 'typeorm';
import { readActivationToken } from '../access/activation-token';
import type { Origin } from '../access/audit';
import { newId } from '../core/ids';
import { AccountScope } from '../db/account-scope';
import type { Secrets } from '../db/secrets';
import type { LedgerWriter } from '../ledger/ledger-writer';
import { refused, type Refused } from '../ledger/model/outcome';
import { findInvitation } from './invitation.queries';

/**
 * Makes the agent of an activation link active, and signs nobody in. A token that its agent has
 * used already gets the same answer; every other token that is not valid is ACTIVATION_INVALID.
 *
 * Needs no credential. A forged token costs nothing but the check of its proof, an old one costs a
 * read by key, and neither gets the account's lock. The ledger checks again under the lock.
 */
export async function activateAgent(
  on: { source: DataSource; ledger: LedgerWriter; secrets: Pick<Secrets, 'activation'> },
  token: string,
  origin: Origin,
): Promise<{ email: string } | Refused> {
  const read = readActivationToken(on.secrets.activation, token);
  if (!read) return invalid();
  const { accountId, invitationId, hash } = read;
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
