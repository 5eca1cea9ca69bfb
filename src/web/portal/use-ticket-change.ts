import { useRef, useState } from 'react';
import { ChangeTicketDocument, type TicketPartsFragment } from '../generated/app';
import { useSubmitOnce } from '../session/use-submit-once';
import { messageOf } from '../ui/message-of';
import { words } from '../words';

/** The fields of a ticket that an agent may change. */
type Changeable = 'status' | 'priority' | 'assigneeId';

/** Changes one field of a ticket at a time, as soon as a value is chosen; shows at the field what went wrong. */
export function useTicketChange(
  ticket: TicketPartsFragment,
  receive: (ticket: TicketPartsFragment) => void,
) {
  const [problem, setProblem] = useState<{ field: Changeable; message: string } | null>(null);
  const { send, sending, isBusy, fault, unanswered } = useSubmitOnce(ChangeTicketDocument, {
    variables: ({ field, value }: { field: Changeable; value: string | null }) => ({
      input: { ticketId: ticket.id, [field]: value },
    }),
    of: ({ updateTicket }) => updateTicket,
    done: ({ ticket }) => ticket && receive(ticket),
    refused: (refusal, { field }) => setProblem({ field, message: messageOf(refusal) }),
    outdates: [],
  });
  /** The value of a field when its choices were opened. */
  const seen = useRef<Partial<Record<Changeable, string | null>>>({});

  /** Null unassigns. */
  const change = (field: Changeable, value: string | null) => {
    setProblem(null);
    send({ field, value });
  };

  const choose = (field: Changeable, value: string | null) => {
    const now = valueOf(ticket, field);
    if (value === null || value === now) return;
    // The service accepts the last change; a choice that was made over an old value is confirmed first.
    if (Object.hasOwn(seen.current, field) && seen.current[field] !== now) {
      setProblem({ field, message: words.portal.page.changedElsewhere(wordOf(ticket, field)) });
    } else {
      change(field, value);
    }
    delete seen.current[field];
  };

  const errorOf = (field: Changeable) => {
    if (problem?.field === field) return problem.message;
    return fault && unanswered?.field === field ? messageOf(fault) : undefined;
  };
  const fieldOf = (field: Changeable) => ({
    value: sending?.field === field ? sending.value : valueOf(ticket, field),
    readOnly: isBusy,
    error: errorOf(field),
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
      return words.portal.status[ticket.status];
    case 'priority':
      return words.portal.priority[ticket.priority];
    case 'assigneeId':
      return ticket.assignee?.name ?? words.portal.page.toNobody;
  }
}
