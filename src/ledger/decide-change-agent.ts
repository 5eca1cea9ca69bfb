import { forbidKeyOnAdmin } from './admin.rules';
import { refused, type ChangeAgent } from './commands';
import { unchanged, type Decision } from './decision';
import type { Agent, AgentStatus, Ledger, NamedAgent } from './ledger';
import { noChanges } from './posting';

/**
 * An admin changes an agent's standing. A pass that runs is neither ended nor given back; whether it
 * still lets the agent in is asked of the standing. One active full-time account admin must remain.
 * Throws FORBIDDEN if a key changes the standing of an account admin.
 */
export function decideChangeAgent(ledger: Ledger, command: ChangeAgent): Decision {
  const agent = ledger.agents.get(command.agentId);
  if (!agent) return unchanged(refused('NOT_FOUND', 'There is no such agent.', ['agentId']));
  if (command.status === 'ACTIVE' && agent.status === 'INVITED') {
    return unchanged(
      refused('VALIDATION_FAILED', 'An invited agent becomes active by activation.', ['agentId']),
    );
  }

  const changed: NamedAgent = {
    id: agent.id,
    name: command.name ?? agent.name,
    type: command.type ?? agent.type,
    status: statusAfter(agent, command),
    role: command.role ?? agent.role,
    timeZone: command.timeZone ?? agent.timeZone,
    sections: command.sections ?? agent.sections,
    activatedAtMs: agent.activatedAtMs,
  };
  if (changesStanding(agent, command)) forbidKeyOnAdmin(command.actor, agent, changed);
  const takesAdmin = isLastingAdmin(agent) && !isLastingAdmin(changed);
  if (takesAdmin && ledger.admins.size === 1) {
    return unchanged(
      refused('LAST_ADMIN', 'One active full-time account admin must remain.', ['agentId']),
    );
  }

  const runningPass = ledger.runningPasses.get(agent.id) ?? null;
  const outcome = { status: 'accepted' as const, result: { agent: changed, runningPass } };
  if (JSON.stringify(changed) === JSON.stringify({ ...changed, ...agent }))
    return unchanged(outcome);
  const changes = { ...noChanges(), agents: new Map([[changed.id, changed]]) };
  // Who is shut out before activating holds a link that must not come back to life.
  if (changed.status !== agent.status && agent.activatedAtMs === null) {
    changes.invitations.set(agent.id, null);
  }
  return { outcome, changes };
}

/** Whether it is about what an agent may do. Names, zones and sections are any sync's to keep. */
function changesStanding(agent: NamedAgent, { role, type, status }: ChangeAgent): boolean {
  // Converting and deactivating are acts of their own; a role may be sent along unchanged.
  return type !== undefined || status !== undefined || (role ?? agent.role) !== agent.role;
}

/** Reactivating brings back what was: who never activated is invited again, not active. */
function statusAfter(agent: NamedAgent, { status }: ChangeAgent): AgentStatus {
  const neverWas = agent.status === 'DEACTIVATED' && agent.activatedAtMs === null;
  if (status === 'ACTIVE' && neverWas) return 'INVITED';
  return status ?? agent.status;
}

/** Who can always get in to buy, whatever the wallet holds. */
export function isLastingAdmin(agent: Agent): boolean {
  return agent.status === 'ACTIVE' && agent.type === 'FULL_TIME' && agent.role === 'ACCOUNT_ADMIN';
}
