import { isLastingAdmin } from '../model/agent.rules';
import { noChanges, type Changes } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import { nextMailAtMs } from '../model/invitation-pace.rules';
import {
  addressOf,
  type Actor,
  type Agent,
  type AgentStatus,
  type AgentType,
  type Ledger,
  type NamedAgent,
  type RunningPass,
} from '../model/ledger';
import { refused } from '../model/outcome';
import { differing, type Act } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { forbidKeyOnAdmin } from './admin.rules';
import { wordsOf } from './agent-words';
import { invitationLastsMs, tooSoon } from './invite-agent';

/** An admin changes an agent. What is left out stays unchanged. */
export interface ChangeAgent extends AnyCommand {
  kind: 'change-agent';
  actor: Actor | null;
  agentId: string;
  name?: string;
  /** In its canonical form, with the new link for an agent who is still invited. */
  email?: { address: string; invitationId: string; tokenHash: string };
  timeZone?: string;
  role?: Agent['role'];
  sections?: readonly string[];
  type?: AgentType;
  status?: Exclude<AgentStatus, 'INVITED'>;
}

interface Changed {
  agent: NamedAgent;
  runningPass: RunningPass | null;
}

export const changeAgent: CommandModule<ChangeAgent, Changed> = {
  kind: 'change-agent',
  needs: ({ agentId, email }) => ({
    agents: [agentId],
    admins: true,
    ...(email && { addresses: [email.address], people: [agentId] }),
  }),
  decide,
  audit(ledger, command, changes) {
    const after = changes.agents.get(command.agentId);
    const before = ledger.agents.get(command.agentId);
    if (!after || !before) return null;
    const email = changes.addresses.get(after.id);
    const withAddress = (agent: NamedAgent, address: string | null) => ({
      ...wordsOf(agent),
      ...(email !== undefined && { email: address }),
    });
    return differing(actionOf(command), 'Agent', {
      before: withAddress(before, addressOf(ledger, before.id)),
      after: withAddress(after, email ?? null),
    });
  },
};

/**
 * An admin changes an agent. An active pass is neither ended nor given back; whether the agent
 * still has access depends on the agent's type and status. One active full-time account admin must
 * remain. Throws FORBIDDEN if a key changes the access or the address of an account admin.
 */
function decide(ledger: Ledger, command: ChangeAgent): Decision<Changed> {
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
  // An agent who is deactivated before the activation has a link that must not work again.
  if (changed.status !== agent.status && agent.activatedAtMs === null) {
    changes.invitations.set(agent.id, null);
  }
  if (newAddress !== undefined) moveTo(ledger, command, { changed, oldAddress, changes });
  return { outcome, changes };
}

/**
 * The new address replaces the old one. An agent who is still invited gets a new link there: the
 * old link may be in another person's mailbox. An agent who was ever active gets a notice at the
 * old address. Throws RATE_LIMITED if a link may not be mailed to the new address yet.
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
    // Counted with the invitations, and sent at their pace: no act can flood a mailbox.
    const sendAtMs = nextMailAtMs(mails, oldAddress, databaseNowMs);
    changes.mails.push({ id, address: oldAddress, sendAtMs });
    const runAt = new Date(sendAtMs);
    changes.jobs.push({ task: 'send-address-changed', payload, runAt });
  }
}

/**
 * Whether the command changes what an agent may do. A sync may change names, zones and sections.
 */
function changesAccess(agent: NamedAgent, { role, type, status }: ChangeAgent): boolean {
  // Converting and deactivating are acts of their own; a role may be sent along unchanged.
  return type !== undefined || status !== undefined || (role ?? agent.role) !== agent.role;
}

/** Reactivating restores what was: an agent who never activated is invited again, not active. */
function statusAfter(agent: NamedAgent, { status }: ChangeAgent): AgentStatus {
  const neverWas = agent.status === 'DEACTIVATED' && agent.activatedAtMs === null;
  if (status === 'ACTIVE' && neverWas) return 'INVITED';
  return status ?? agent.status;
}

function actionOf({ type, status }: ChangeAgent): Act['action'] {
  if (type !== undefined) return 'agent.converted';
  if (status === undefined) return 'agent.updated';
  return status === 'DEACTIVATED' ? 'agent.deactivated' : 'agent.reactivated';
}
