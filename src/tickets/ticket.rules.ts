import { inItem, refuseAddress, refuseNames, refuseTexts } from '../api/input.rules';
import { addressToFind } from '../core/mailbox';
import type { UserError } from '../api/user-error';
import type { TicketRow } from '../db/tables/ticket';

/** A ticket as the service desk exports it. What is not given stays as it is. */
export interface TicketUpsert {
  externalId: string;
  subject: string;
  description?: string | null;
  status?: TicketRow['status'] | null;
  priority?: TicketRow['priority'] | null;
  clientExternalId?: string | null;
  requesterName: string;
  requesterEmail: string;
  assigneeEmail?: string | null;
}

/** What the upsert's tickets name by other systems' ids, as far as it is there. */
export interface TicketReferences {
  clientIds: ReadonlyMap<string, string>;
  agentIds: ReadonlyMap<string, string>;
}

/** Why one item cannot be written; null where it can. */
export function refuseTicket(
  ticket: TicketUpsert,
  at: number,
  { clientIds, agentIds }: TicketReferences,
): UserError | null {
  const path = ['tickets', String(at)];
  const { clientExternalId, assigneeEmail } = ticket;
  const invalid =
    refuseTexts({
      externalId: [ticket.externalId, 200],
      subject: [ticket.subject, 500],
      description: [ticket.description, 50_000, 'orEmpty'],
    }) ??
    refuseNames({ requesterName: [ticket.requesterName, 200] }) ??
    refuseAddress('requesterEmail', ticket.requesterEmail);
  if (invalid) return inItem(path, invalid);
  if (clientExternalId != null && !clientIds.has(clientExternalId)) {
    return notFound('There is no client of that external id.', [...path, 'clientExternalId']);
  }
  if (assigneeEmail != null && !agentIds.has(addressToFind(assigneeEmail))) {
    return notFound('There is no agent of that address.', [...path, 'assigneeEmail']);
  }
  return null;
}

/** The ticket as it will be: the one that is there with what was given, else a new one. */
export function mergeTicket(
  ticket: TicketUpsert,
  existing: TicketRow | undefined,
  fresh: Pick<TicketRow, 'accountId' | 'id' | 'number'> & { now: Date },
  { clientIds, agentIds }: TicketReferences,
): TicketRow {
  const { clientExternalId, assigneeEmail } = ticket;
  const given = {
    subject: ticket.subject,
    requesterName: ticket.requesterName,
    requesterEmail: addressToFind(ticket.requesterEmail),
    ...(ticket.description != null && { description: ticket.description }),
    ...(ticket.status != null && { status: ticket.status }),
    ...(ticket.priority != null && { priority: ticket.priority }),
    ...(clientExternalId != null && { clientId: clientIds.get(clientExternalId)! }),
    ...(assigneeEmail != null && { assigneeId: agentIds.get(addressToFind(assigneeEmail))! }),
  };
  const { now, ...identity } = fresh;
  if (existing) return changeTicket(existing, given, now);
  return {
    description: '',
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

/** The ticket with the given changes; the very same one where nothing would change. */
export function changeTicket(ticket: TicketRow, changes: Partial<TicketRow>, now: Date): TicketRow {
  const names = Object.keys(changes) as (keyof TicketRow)[];
  if (names.every((name) => ticket[name] === changes[name])) return ticket;
  return newerTicket(ticket, changes, now);
}

/** The ticket's next state: whatever happened to it, those who look at it are shown it again. */
export function newerTicket(ticket: TicketRow, changes: Partial<TicketRow>, now: Date): TicketRow {
  const updatedAt = now > ticket.updatedAt ? now : ticket.updatedAt;
  return { ...ticket, ...changes, revision: ticket.revision + 1, updatedAt };
}

function notFound(message: string, field: string[]): UserError {
  return { code: 'NOT_FOUND', message, field };
}
