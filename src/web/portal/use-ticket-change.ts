import { useRef, useState } from 'react';
import {
  ChangeTicketDocument,
  type TicketPartsFragment,
  type UpdateTicketInput,
} from '../generated/app';
import { useAct } from '../session/use-api-query';
import { saysOf } from '../ui/says';
import { priorityWords, statusWords } from './ticket-words';

/** What an agent may change of a ticket. */
type Changeable = 'status' | 'priority' | 'assigneeId';

/** Changes one thing of a ticket at a time, as soon as it is chosen; says at the field what went wrong. */
export function useTicketChange(
  ticket: TicketPartsFragment,
  receive: (ticket: TicketPartsFragment) => void,
) {
  const act = useAct(ChangeTicketDocument);
  const [problem, setProblem] = useState<{ field: Changeable; says: string } | null>(null);
  /** What a field said when its choices were opened. */
  const seen = useRef<Partial<Record<Changeable, string | null>>>({});
  const under = act.isPending ? act.variables.input : null;

  /** Null unassigns. */
  const change = async (field: Changeable, value: string | null) => {
    setProblem(null);
    try {
      const input = { ticketId: ticket.id, [field]: value } as UpdateTicketInput;
      const { updateTicket } = await act.mutateAsync({ input });
      const [error] = updateTicket?.userErrors ?? [];
      if (error) setProblem({ field, says: saysOf(error) });
      if (updateTicket?.ticket) receive(updateTicket.ticket);
    } catch (error) {
      setProblem({ field, says: saysOf(error as Error) });
    }
  };

  const choose = (field: Changeable, value: string | null) => {
    const now = valueOf(ticket, field);
    if (value === null || value === now) return;
    // The service takes the last word; whoever chose by what is old should know before having it.
    if (field in seen.current && seen.current[field] !== now) {
      const says = `Somebody else has just set this to ${wordOf(ticket, field)}. Choose again to change it.`;
      setProblem({ field, says });
    } else {
      void change(field, value);
    }
    delete seen.current[field];
  };

  const fieldOf = (field: Changeable) => ({
    value: under && field in under ? (under[field] ?? null) : valueOf(ticket, field),
    readOnly: act.isPending,
    error: problem?.field === field ? problem.says : undefined,
    onDropdownOpen: () => void (seen.current[field] = valueOf(ticket, field)),
    onChange: (value: string | null) => choose(field, value),
  });
  return { fieldOf, change };
}

function valueOf(ticket: TicketPartsFragment, field: Changeable): string | null {
  return field === 'assigneeId' ? (ticket.assignee?.id ?? null) : ticket[field];
}

function wordOf(ticket: TicketPartsFragment, field: Changeable): string {
  switch (field) {
    case 'status':
      return statusWords[ticket.status];
    case 'priority':
      return priorityWords[ticket.priority];
    case 'assigneeId':
      return ticket.assignee?.name ?? 'nobody';
  }
}
