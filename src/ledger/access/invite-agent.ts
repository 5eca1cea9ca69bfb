import { DomainError } from '../../core/domain-error';
import { noChanges } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import { nextMailAtMs } from '../model/invitation-pace.rules';
import type { Actor, Agent, AgentType, Invitation, Ledger, NamedAgent } from '../model/ledger';
import { refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { forbidKeyOnAdmin } from './admin.rules';
import { wordsWithoutId } from './agent-words';

/** An admin invites someone, or sends a new link to someone who has not activated yet. */
export interface InviteAgent extends AnyCommand {
  kind: 'invite-agent';
  actor: Actor | null;
  /** The id of the new agent, if nobody has the address yet. */
  agentId: string;
  invitationId: string;
  tokenHash: string;
  /** In lower case. */
  email: string;
  name: string;
  type: AgentType;
  role: Agent['role'];
  timeZone: string;
  sections: readonly string[];
  /** Refuse the address of an agent who is still invited too. */
  isNew?: boolean;
  /** Mail no link now: an admin invites the agent later. */
  isUnmailed?: boolean;
}

interface Invited {
  agentId: string;
  /** Whether the link is mailed. */
  sendsMail: boolean;
}

export const inviteAgent: CommandModule<InviteAgent, Invited> = {
  kind: 'invite-agent',
  needs: ({ email }) => ({ addresses: [email] }),
  decide,
  audit(ledger, { email }, changes) {
    const [agentId] = [...changes.invitations.keys()];
    if (agentId === undefined) return null;
    const before = ledger.agents.get(agentId);
    const after = changes.agents.get(agentId) ?? changes.newAgents[0]!;
    return {
      action: 'agent.invited',
      subject: { type: 'Agent', id: agentId },
      before: before ? wordsWithoutId(before) : null,
      after: { ...wordsWithoutId(after), email },
    };
  },
};

/** How long a link can be used after it was mailed. */
export const invitationLastsMs = 7 * 86_400_000;

/**
 * An admin invites someone. An agent who has not activated yet is invited again: the new link
 * replaces the old one, and the agent gets the values of the new invitation. A new agent's mail
 * waits for its turn; an agent that was invited before cannot be invited again before that. Throws
 * RATE_LIMITED if another mail may not be sent yet to an agent that was invited before. Throws
 * FORBIDDEN if a key invites an account admin, for the first time or again.
 */
function decide(ledger: Ledger, command: InviteAgent): Decision<Invited> {
  const people = ledger.people!;
  const agentId = people.addresses.get(command.email) ?? command.agentId;
  const known = ledger.agents.get(agentId);
  const sendsMail = people.sendsMail && !command.isUnmailed;
  // Repeated after a lost answer.
  if (people.invitations.has(command.invitationId)) {
    return unchanged(accepted(agentId, sendsMail));
  }
  if (known && (known.status !== 'INVITED' || command.isNew)) {
    return unchanged(
      refused(
        'EMAIL_TAKEN',
        'Another agent of the account has this e-mail address. Choose another address.',
        ['email'],
      ),
    );
  }

  forbidKeyOnAdmin(command.actor, known, command);

  const { databaseNowMs } = people;
  const sendAtMs = sendsMail
    ? nextMailAtMs(people.mails, command.email, databaseNowMs)
    : databaseNowMs;
  if (known && sendAtMs > databaseNowMs) throw tooSoon(sendAtMs - databaseNowMs);

  const { name, type, role, timeZone, sections, email, invitationId, tokenHash } = command;
  const agent: NamedAgent = {
    id: agentId,
    name,
    type,
    status: 'INVITED',
    role,
    timeZone,
    sections,
    activatedAtMs: null,
  };
  const invitation: Invitation = {
    id: invitationId,
    agentId,
    tokenHash,
    expiresAtMs: sendAtMs + invitationLastsMs,
    usedAtMs: null,
  };
  const changes = noChanges();
  if (known) changes.agents.set(agentId, agent);
  else changes.newAgents.push({ ...agent, email, createdAtMs: ledger.nowMs });
  changes.invitations.set(agentId, invitation);
  if (sendsMail) {
    const { accountId } = ledger;
    const runAt = new Date(sendAtMs);
    changes.mails.push({ id: invitationId, address: email, sendAtMs });
    changes.jobs.push({ task: 'send-invitation', payload: { accountId, invitationId }, runAt });
  }
  return { outcome: accepted(agentId, sendsMail), changes };
}

export function tooSoon(retryAfterMs: number): DomainError {
  const message =
    'Too many invitation mails were sent to this address or by this account. Wait, then invite again.';
  return new DomainError('RATE_LIMITED', message, { retryAfterMs });
}

function accepted(agentId: string, sendsMail: boolean) {
  return { status: 'accepted' as const, result: { agentId, sendsMail } };
}
