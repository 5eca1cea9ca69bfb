import { noChanges } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import type { Ledger } from '../model/ledger';
import { refused } from '../model/outcome';
import { differing } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { wordsOf } from './agent-words';

/** The holder of an invitation's token makes its agent active. */
export interface ActivateAgent extends AnyCommand {
  kind: 'activate-agent';
  invitationId: string;
  tokenHash: string;
}

interface Activated {
  agentId: string;
}

export const activateAgent: CommandModule<ActivateAgent, Activated> = {
  kind: 'activate-agent',
  needs: ({ invitationId }) => ({ invitations: [invitationId] }),
  decide,
  audit(ledger, _command, changes) {
    const [after] = [...changes.agents.values()];
    if (!after) return null;
    const before = ledger.agents.get(after.id)!;
    const sides = { before: wordsOf(before), after: wordsOf(after) };
    const act = differing('agent.activated', 'Agent', sides);
    // Nobody has signed in yet: the holder of the link is assumed to be the agent it was sent to.
    return act && { ...act, actor: { kind: 'AGENT', id: after.id } };
  },
};

/**
 * The holder of the token makes its agent active. A token that its agent has already used gets the
 * same answer again. All other invalid tokens get the same refusal, so that it reveals nothing.
 */
function decide(ledger: Ledger, command: ActivateAgent): Decision<Activated> {
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
