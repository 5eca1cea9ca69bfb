import { inItem, refuseAddress, refuseNames, refuseTexts } from '../api/input.rules';
import { addressToFind } from '../core/mailbox';
import type { UserError } from '../api/user-error';
import type { AgentRow } from '../db/tables/agent';
import type { TicketRow } from '../db/tables/ticket';

/**
 * A ticket as the service desk exports it. A value that is left out stays as it is; null clears a
 * description, a client or an assignee, and means "left out" everywhere else.
 */
export interface TicketUpsert {
  externalId: string;
  subject?: string | null;
  description?: string | null;
  status?: TicketRow['status'] | null;
  priority?: TicketRow['priority'] | null;
  clientExternalId?: string | null;
  requesterName?: string | null;
  /** '' if the requester has none: a person who called or came in person. */
  requesterEmail?: string | null;
  assigneeEmail?: string | null;
}

/**
 * The agents and clients that the upsert's tickets name by other systems' ids, as far as they
 * exist.
 */
export interface TicketReferences {
  clientIds: ReadonlyMap<string, string>;
  agents: ReadonlyMap<string, Pick<AgentRow, 'id' | 'status'>>;
}

/** Why one item cannot be written, with the existing ticket if there is one; null if it can. */
export function refuseTicket(
  ticket: TicketUpsert,
  at: number,
  existing: TicketRow | undefined,
  { clientIds, agents }: TicketReferences,
): UserError | null {
  const path = ['tickets', String(at)];
  const { clientExternalId, assigneeEmail } = ticket;
  const invalid =
    refuseMissing({ subject: ticket.subject, requesterName: ticket.requesterName }) ??
    refuseTexts({
      externalId: [ticket.externalId, 200],
      subject: [ticket.subject, 500],
      description: [ticket.description, 50_000, 'orEmpty'],
    }) ??
    refuseNames({ requesterName: [ticket.requesterName, 200] }) ??
    refuseAddress('requesterEmail', ticket.requesterEmail || null);
  if (invalid) return inItem(path, invalid);
  if (clientExternalId != null && !clientIds.has(clientExternalId)) {
    return notFound('The account has no client with this external id. Write the client first.', [
      ...path,
      'clientExternalId',
    ]);
  }
  if (assigneeEmail == null) return null;
  const assignee = agents.get(addressToFind(assigneeEmail));
  if (!assignee)
    return notFound('The account has no agent with this e-mail address. Check the address.', [
      ...path,
      'assigneeEmail',
    ]);
  const refusal = refuseAssignee('assigneeEmail', existing, assignee);
  return refusal && inItem(path, refusal);
}

/**
 * Only active agents get tickets. The present assignee may be named again, because a desk sends it
 * when it mirrors the ticket for another reason.
 */
export function refuseAssignee(
  field: string,
  existing: TicketRow | undefined,
  assignee: Pick<AgentRow, 'id' | 'status'>,
): UserError | null {
  if (assignee.status === 'ACTIVE' || existing?.assigneeId === assignee.id) return null;
  const message = 'This agent is invited or deactivated. Assign the ticket to an active agent.';
  return { code: 'AGENT_NOT_ACTIVE', message, field: [field] };
}

/** Optional in the schema, so that their absence refuses one item and not the request. */
function refuseMissing(texts: Record<string, string | null | undefined>): UserError | null {
  const missing = Object.keys(texts).find((name) => texts[name] == null);
  if (missing === undefined) return null;
  return { code: 'VALIDATION_FAILED', message: `${missing} is missing.`, field: [missing] };
}

/** The ticket as it will be: the existing one with the new values, else a new one. */
export function mergeTicket(
  ticket: TicketUpsert,
  existing: TicketRow | undefined,
  fresh: Pick<TicketRow, 'accountId' | 'id' | 'number'> & { now: Date },
  { clientIds, agents }: TicketReferences,
): TicketRow {
  const { description, clientExternalId, requesterEmail, assigneeEmail } = ticket;
  const given = {
    subject: ticket.subject!,
    requesterName: ticket.requesterName!,
    ...(requesterEmail != null && { requesterEmail: addressToFind(requesterEmail) }),
    ...(ticket.status != null && { status: ticket.status }),
    ...(ticket.priority != null && { priority: ticket.priority }),
    ...(description !== undefined && { description: description ?? '' }),
    ...(clientExternalId !== undefined && {
      clientId: clientExternalId === null ? null : clientIds.get(clientExternalId)!,
    }),
    ...(assigneeEmail !== undefined && {
      assigneeId: assigneeEmail === null ? null : agents.get(addressToFind(assigneeEmail))!.id,
    }),
  };
  const { now, ...identity } = fresh;
  if (existing) return changeTicket(existing, given, now);
  return {
    description: '',
    requesterEmail: '',
    status: 'OPEN',
    priority: 'MEDIUM',
    clientId: null,
    assigneeId: null,
    ...given,
    ...identity,
    externalId: ticket.externalId,
    revision: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** The ticket with the given changes; the same object if nothing would change. */
export function changeTicket(ticket: TicketRow, changes: Partial<TicketRow>, now: Date): TicketRow {
  const names = Object.keys(changes) as (keyof TicketRow)[];
  if (names.every((name) => ticket[name] === changes[name])) return ticket;
  return newerTicket(ticket, changes, now);
}

/** The ticket's next state: after any event, its subscribers receive it again. */
export function newerTicket(ticket: TicketRow, changes: Partial<TicketRow>, now: Date): TicketRow {
  const updatedAt = now > ticket.updatedAt ? now : ticket.updatedAt;
  return { ...ticket, ...changes, revision: ticket.revision + 1, updatedAt };
}

function notFound(message: string, field: string[]): UserError {
  return { code: 'NOT_FOUND', message, field };
}
