import type { UserError } from '../api/user-error';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';
import { TicketRow } from '../db/tables/ticket';
import { changeTicket } from './ticket.rules';

export interface TicketUpdate {
  ticketId: string;
  status: TicketRow['status'] | null;
  priority: TicketRow['priority'] | null;
  assigneeId: string | null;
  /** The account's instant. */
  nowMs: number;
}

interface UpdatedTicket {
  /** Null where it was refused. */
  ticket: TicketRow | null;
  userErrors: UserError[];
}

/** Changes what is given (not null) of one ticket. Refusals: NOT_FOUND. */
export function updateTicket(
  state: AccountState,
  { ticketId, status, priority, assigneeId, nowMs }: TicketUpdate,
): Promise<UpdatedTicket> {
  return state.write<UpdatedTicket>(async (manager) => {
    const before = await manager.findOneBy(TicketRow, { id: ticketId });
    if (!before) return refusedAt('ticketId', 'There is no such ticket.');
    if (assigneeId && !(await manager.existsBy(AgentRow, { id: assigneeId }))) {
      return refusedAt('assigneeId', 'There is no such agent.');
    }
    const changes = {
      ...(status && { status }),
      ...(priority && { priority }),
      ...(assigneeId && { assigneeId }),
    };
    const ticket = changeTicket(before, changes, new Date(nowMs));
    if (ticket === before) return { result: { ticket, userErrors: [] }, changed: [] };

    const { revision, updatedAt } = ticket;
    await manager.update(TicketRow, { id: ticketId }, { ...changes, revision, updatedAt });
    return { result: { ticket, userErrors: [] }, changed: [{ kind: 'ticket', id: ticketId }] };
  });
}

function refusedAt(name: string, message: string) {
  const userErrors: UserError[] = [{ code: 'NOT_FOUND', message, field: [name] }];
  return { result: { ticket: null, userErrors }, changed: [] };
}
