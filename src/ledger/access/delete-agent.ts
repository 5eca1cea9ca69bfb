import { noChanges } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import { addressOf, type Actor, type Ledger } from '../model/ledger';
import { refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { forbidKeyOnAdmin } from './admin.rules';
import { wordsWithoutId } from './agent-words';

/** An admin deletes an agent who is still invited. */
export interface DeleteAgent extends AnyCommand {
  kind: 'delete-agent';
  actor: Actor | null;
  agentId: string;
  /** Whether a ticket, a pass, a key or an entry names the agent. */
  isNamed: boolean;
}

interface Deleted {
  agentId: string;
}

export const deleteAgent: CommandModule<DeleteAgent, Deleted> = {
  kind: 'delete-agent',
  needs: ({ agentId }) => ({ agents: [agentId], people: [agentId] }),
  decide,
  audit(ledger, { agentId }, changes) {
    const before = ledger.agents.get(agentId);
    if (!before || changes.deletedAgents.length === 0) return null;
    return {
      action: 'agent.deleted',
      subject: { type: 'Agent', id: agentId },
      before: { ...wordsWithoutId(before), email: addressOf(ledger, agentId) },
      after: null,
    };
  },
};

/**
 * An admin takes back an invitation, agent and all. Only an agent who was never active can be deleted:
 * the journal and the audit trail name the others. Throws FORBIDDEN if a key deletes an account admin.
 */
function decide(ledger: Ledger, command: DeleteAgent): Decision<Deleted> {
  const { agentId, isNamed } = command;
  const agent = ledger.agents.get(agentId);
  if (!agent) {
    return unchanged(
      refused('NOT_FOUND', 'The account has no agent with this id. Check the id.', ['agentId']),
    );
  }
  forbidKeyOnAdmin(command.actor, agent);
  if (agent.status !== 'INVITED' || isNamed) {
    const message =
      agent.status === 'INVITED'
        ? 'This agent has tickets, passes, keys or journal entries. Deactivate the agent instead.'
        : 'Only an agent who is INVITED can be deleted. Deactivate the agent instead.';
    return unchanged(refused('NOT_DELETABLE', message, ['agentId']));
  }
  const changes = noChanges();
  changes.deletedAgents.push(agentId);
  changes.invitations.set(agentId, null);
  return { outcome: { status: 'accepted', result: { agentId } }, changes };
}
