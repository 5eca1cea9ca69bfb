import { forbidKeyOnAdmin } from './admin.rules';
import { refused, type ChangeAgent } from '../commands';
import { invitationLastsMs, tooSoon } from './decide-invite-agent';
import { unchanged, type Decision } from '../writer/decision';
import { nextMailAtMs } from './invitation-pace.rules';
import {
  addressOf,
  type Agent,
  type AgentStatus,
  type Ledger,
  type NamedAgent,
} from '../model/ledger';
import { noChanges, type Changes } from '../writer/posting';

/**
 * An admin changes an agent's access. A pass that runs is neither ended nor given back; whether it
 * still lets the agent in is asked of the agent's access. One active full-time account admin must remain.
 * Throws FORBIDDEN if a key changes the access or the address of an account admin.
 */
export function decideChangeAgent(ledger: Ledger, command: ChangeAgent): Decision {
  const agent = ledger.agents.get(command.agentId);
  if (!agent)
    return unchanged(
      refused('NOT_FOUND', 'The account has no agent with this id. Check the id.', ['agentId']),
    );
  if (command.status === 'ACTIVE' && agent.status === 'INVITED') {
    return unchanged(
      refused(
        'VALIDATION_FAILED',
        'This agent is invited and cannot be reactivated. The agent becomes active with the activation link.',
        ['agentId'],
      ),
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
  const oldAddress = command.email ? addressOf(ledger, agent.id) : null;
  const newAddress = command.email?.address === oldAddress ? undefined : command.email?.address;
  if (changesAccess(agent, command) || newAddress !== undefined) {
    forbidKeyOnAdmin(command.actor, agent, changed);
  }
  if (newAddress !== undefined && ledger.people!.addresses.has(newAddress)) {
    return unchanged(
      refused(
        'EMAIL_TAKEN',
        'Another agent of the account has this e-mail address. Choose another address.',
        ['email'],
      ),
    );
  }
  const takesAdmin = isLastingAdmin(agent) && !isLastingAdmin(changed);
  if (takesAdmin && ledger.admins.size === 1) {
    return unchanged(
      refused(
        'LAST_ADMIN',
        'The account must keep at least one active full-time account admin. Make another agent an account admin first.',
        ['agentId'],
      ),
    );
  }

  const runningPass = ledger.runningPasses.get(agent.id) ?? null;
  const outcome = { status: 'accepted' as const, result: { agent: changed, runningPass } };
  const isSame = JSON.stringify(changed) === JSON.stringify({ ...changed, ...agent });
  if (isSame && newAddress === undefined) return unchanged(outcome);
  const changes = { ...noChanges(), agents: new Map([[changed.id, changed]]) };
  // Who is shut out before activating holds a link that must not come back to life.
  if (changed.status !== agent.status && agent.activatedAtMs === null) {
    changes.invitations.set(agent.id, null);
  }
  if (newAddress !== undefined) moveTo(ledger, command, { changed, oldAddress, changes });
  return { outcome, changes };
}

/**
 * The new address takes the old one's place. An agent who is still invited gets a new link there: the old
 * one may be in somebody else's mailbox. One who was ever active is told at the old address.
 * Throws RATE_LIMITED if a link may not be mailed to the new address yet.
 */
function moveTo(
  ledger: Ledger,
  { id, email }: ChangeAgent,
  about: { changed: NamedAgent; oldAddress: string | null; changes: Changes },
): void {
  const { changed, oldAddress, changes } = about;
  const { address, invitationId, tokenHash } = email!;
  const { accountId } = ledger;
  const { databaseNowMs, sendsMail, mails } = ledger.people!;
  const agentId = changed.id;
  changes.addresses.set(agentId, address);
  if (changed.status === 'INVITED') {
    const sendAtMs = sendsMail ? nextMailAtMs(mails, address, databaseNowMs) : databaseNowMs;
    if (sendAtMs > databaseNowMs) throw tooSoon(sendAtMs - databaseNowMs);
    const expiresAtMs = databaseNowMs + invitationLastsMs;
    const invitation = { id: invitationId, agentId, tokenHash, expiresAtMs, usedAtMs: null };
    changes.invitations.set(agentId, invitation);
    if (!sendsMail) return;
    changes.mails.push({ id: invitationId, address, sendAtMs });
    changes.jobs.push({ task: 'send-invitation', payload: { accountId, invitationId } });
  } else if (changed.activatedAtMs !== null && sendsMail && oldAddress !== null) {
    const payload = { accountId, agentId, mailId: id, oldAddress };
    // Counted with the invitations, and it waits for its turn: no act can flood a mailbox.
    const sendAtMs = nextMailAtMs(mails, oldAddress, databaseNowMs);
    changes.mails.push({ id, address: oldAddress, sendAtMs });
    const runAt = new Date(sendAtMs);
    changes.jobs.push({ task: 'send-address-changed', payload, runAt });
  }
}

/** Whether it is about what an agent may do. Names, zones and sections are any sync's to keep. */
function changesAccess(agent: NamedAgent, { role, type, status }: ChangeAgent): boolean {
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
