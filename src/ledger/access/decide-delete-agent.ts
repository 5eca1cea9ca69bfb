import { forbidKeyOnAdmin } from './admin.rules';
import { refused, type DeleteAgent } from '../commands';
import { unchanged, type Decision } from '../writer/decision';
import type { Ledger } from '../model/ledger';
import { noChanges } from '../writer/posting';

/**
 * An admin takes back an invitation, agent and all. Only an agent who was never active can be deleted:
 * the journal and the audit trail name the others. Throws FORBIDDEN if a key deletes an account admin.
 */
export function decideDeleteAgent(ledger: Ledger, command: DeleteAgent): Decision {
  const { agentId, isNamed } = command;
  const agent = ledger.agents.get(agentId);
  if (!agent)
    return unchanged(
      refused('NOT_FOUND', 'The account has no agent with this id. Check the id.', ['agentId']),
    );
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
