import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Fault } from '../api/fault';
import {
  DeskTicketDocument,
  DeskTicketsDocument,
  WatchTicketDocument,
  MyTicketsDocument,
  TicketConversationDocument,
  type DeskTicketQuery,
  type TicketPartsFragment,
} from '../generated/app';
import { nameOf, useApiQuery } from '../session/use-api-query';
import { useLive } from '../session/use-live';
import { useViewer } from '../session/viewer';
import { newsOf } from './ticket-news';

/** Codes that the gate or the read itself shows. */
const shownElsewhere = ['DAY_PASS_REQUIRED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT'];

/** A ticket, and its changes while it is open on the screen. */
export function useTicket(id: string) {
  const { agent } = useViewer();
  const queries = useQueryClient();
  const [news, setNews] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const asked = useApiQuery(DeskTicketDocument, { id });
  const queryKey = [nameOf(DeskTicketDocument), { id }];

  /** Takes a state of the ticket, from an answer or from the stream. */
  const receive = (ticket: TicketPartsFragment) => {
    const before = queries.getQueryData<DeskTicketQuery>(queryKey)?.ticket;
    // Answers and the stream may overtake each other.
    if (before && ticket.updatedAt < before.updatedAt) return;
    void queries.cancelQueries({ queryKey });
    queries.setQueryData<DeskTicketQuery>(queryKey, { ticket });
    if (!before) return;
    const happened = newsOf(before, ticket, agent?.id);
    if (!happened) return;
    setNews(happened);
    for (const document of [TicketConversationDocument, DeskTicketsDocument, MyTicketsDocument]) {
      void queries.invalidateQueries({ queryKey: [nameOf(document as never)] });
    }
  };
  useLive(
    WatchTicketDocument,
    { id },
    {
      next: ({ ticketChanged }) => receive(ticketChanged),
      fault: (error) => !shownElsewhere.includes(error.code) && setFault(error),
    },
  );
  const isNoId = asked.error?.code === 'BAD_USER_INPUT';
  return {
    /** Null if the ticket does not exist; undefined while it loads. */
    ticket: isNoId ? null : asked.data?.ticket,
    error: isNoId ? null : (asked.error ?? fault),
    retry: () => void asked.refetch(),
    news,
    receive,
  };
}
