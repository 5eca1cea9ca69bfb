import { DomainError } from '../../core/domain-error';
import { forbidKeyOnAdmin } from './admin.rules';
import { refused, type InviteAgent } from '../commands';
import { unchanged, type Decision } from '../writer/decision';
import { nextMailAtMs } from './invitation-pace.rules';
import type { Invitation, Ledger, NamedAgent } from '../model/ledger';
import { noChanges } from '../writer/posting';

/** How long a link can be used after it was mailed. */
export const invitationLastsMs = 7 * 86_400_000;

/**
 * An admin invites someone. Who has not activated yet is invited anew: the new link takes the place of
 * the old one, and the agent is what the new invitation says. A new agent's mail waits for its turn;
 * one that was invited before is not invited again before that.
 * Throws RATE_LIMITED if another mail may not be sent yet to an agent that was invited before. Throws FORBIDDEN if a key invites an account admin, for the first time or again.
 */
export function decideInviteAgent(ledger: Ledger, command: InviteAgent): Decision {
  const people = ledger.people!;
  const agentId = people.addresses.get(command.email) ?? command.agentId;
  const known = ledger.agents.get(agentId);
  // Run again after an answer that was lost.
  if (people.invitations.has(command.invitationId))
    return unchanged(accepted(agentId, people.sendsMail));
  if (known && known.status !== 'INVITED') {
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
  const sendAtMs = people.sendsMail
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
  if (people.sendsMail) {
    const { accountId } = ledger;
    const runAt = new Date(sendAtMs);
    changes.mails.push({ id: invitationId, address: email, sendAtMs });
    changes.jobs.push({ task: 'send-invitation', payload: { accountId, invitationId }, runAt });
  }
  return { outcome: accepted(agentId, people.sendsMail), changes };
}

export function tooSoon(retryAfterMs: number): DomainError {
  const message =
    'Too many invitation mails were sent to this address or by this account. Wait, then invite again.';
  return new DomainError('RATE_LIMITED', message, { retryAfterMs });
}

function accepted(agentId: string, sendsMail: boolean) {
  return { status: 'accepted' as const, result: { agentId, sendsMail } };
}
