import type { UserError } from '../api/user-error';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';
import { TicketRow } from '../db/tables/ticket';
import { changeTicket, refuseAssignee } from './ticket.rules';

export interface TicketUpdate {
  ticketId: string;
  status: TicketRow['status'] | null;
  priority: TicketRow['priority'] | null;
  /** Null: nobody; undefined: unchanged. */
  assigneeId: string | null | undefined;
  /** The account's instant. */
  nowMs: number;
}

interface UpdatedTicket {
  /** Null if it was refused. */
  ticket: TicketRow | null;
  userErrors: UserError[];
}

/** Changes the given values of one ticket. Refusals: NOT_FOUND, AGENT_NOT_ACTIVE. */
export function updateTicket(
  state: AccountState,
  { ticketId, status, priority, assigneeId, nowMs }: TicketUpdate,
): Promise<UpdatedTicket> {
  return state.write<UpdatedTicket>(async (manager) => {
    const before = await manager.findOneBy(TicketRow, { id: ticketId });
    if (!before)
      return refusedAs(
        notFound('ticketId', 'The account has no ticket with this id. Check the id.'),
      );
    // An agent's status changes only together with the state's revision, whose lock this write
    // holds.
    const assignee = assigneeId ? await manager.findOneBy(AgentRow, { id: assigneeId }) : null;
    if (assigneeId && !assignee)
      return refusedAs(
        notFound('assigneeId', 'The account has no agent with this id. Check the id.'),
      );
    const refusal = assignee && refuseAssignee('assigneeId', before, assignee);
    if (refusal) return refusedAs(refusal);
    const changes = {
      ...(status && { status }),
      ...(priority && { priority }),
      ...(assigneeId !== undefined && { assigneeId }),
    };
    const ticket = changeTicket(before, changes, new Date(nowMs));
    if (ticket === before) return { result: { ticket, userErrors: [] }, changed: [] };

    const { revision, updatedAt } = ticket;
    await manager.update(TicketRow, { id: ticketId }, { ...changes, revision, updatedAt });
    return { result: { ticket, userErrors: [] }, changed: [{ kind: 'ticket', id: ticketId }] };
  });
}

function notFound(name: string, message: string): UserError {
  return { code: 'NOT_FOUND', message, field: [name] };
}

function refusedAs(refusal: UserError) {
  return { result: { ticket: null, userErrors: [refusal] }, changed: [] };
}
