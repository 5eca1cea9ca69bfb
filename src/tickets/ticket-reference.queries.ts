import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { TicketRow } from '../db/tables/ticket';
import { ticketOrders } from './ticket.queries';
import type { TicketRelation } from './ticket-reference.type';

/** A person as tickets know them. To a service key nothing belongs. */
export interface TicketPerson {
  /** Null for a service key, which requested nothing. */
  email: string | null;
  /** Null for a contact, who has no assigned tickets. */
  agentId: string | null;
}

/** A ticket without an address belongs to no person: an empty address matches nothing. */
const isRequester = `(row.requesterEmail = :email and row.requesterEmail <> '')`;

/** The tickets that a person requested, or is assigned to, the newest first. */
export function ticketReferenceList(
  scope: AccountScope,
  person: TicketPerson,
  relation: keyof typeof TicketRelation,
): List<TicketRow> {
  const rows = scope.select(TicketRow);
  if (relation === 'REQUESTED') rows.andWhere(isRequester, person);
  else rows.andWhere('row.assigneeId = :agentId', person);
  const keys = ticketOrders.CREATED_AT;
  const order = { name: 'CREATED_AT', keys, direction: 'DESC' as const };
  return { name: `tickets ${relation}`, rows, order };
}

/** One ticket that a person requested or is assigned to; null if it is not, or does not exist. */
export function referredTicket(
  scope: AccountScope,
  person: TicketPerson,
  id: string,
): Promise<TicketRow | null> {
  return scope
    .select(TicketRow)
    .andWhere('row.id = :id', { id })
    .andWhere(`(${isRequester} or row.assigneeId = :agentId)`, person)
    .getOne();
}
