import { refused, type ActivateAgent } from '../commands';
import { unchanged, type Decision } from '../writer/decision';
import type { Ledger } from '../model/ledger';
import { noChanges } from '../writer/posting';

/**
 * Whoever holds the token makes its agent active. One that its agent used already answers the same;
 * any other that does not do is refused alike, so that nothing can be learned from it.
 */
export function decideActivateAgent(ledger: Ledger, command: ActivateAgent): Decision {
  const people = ledger.people!;
  const invitation = people.invitations.get(command.invitationId);
  const agent = invitation && ledger.agents.get(invitation.agentId);
  if (!agent || invitation.tokenHash !== command.tokenHash) return unchanged(invalid());

  const outcome = { status: 'accepted' as const, result: { agentId: agent.id } };
  if (invitation.usedAtMs !== null) return unchanged(outcome);
  if (agent.status !== 'INVITED' || invitation.expiresAtMs <= people.databaseNowMs) {
    return unchanged(invalid());
  }
  const changes = noChanges();
  changes.agents.set(agent.id, { ...agent, status: 'ACTIVE', activatedAtMs: ledger.nowMs });
  changes.invitations.set(agent.id, { ...invitation, usedAtMs: people.databaseNowMs });
  return { outcome, changes };
}

function invalid() {
  return refused(
    'ACTIVATION_INVALID',
    'This link is not valid, or no longer valid. Ask an administrator for a new one.',
    ['activationToken'],
  );
}
