import { useEffect, useState } from 'react';
import { Fault } from '../api/fault';
import { WriteReplyDocument, type TicketPartsFragment, type TicketStatus } from '../generated/app';
import { forgetOldKept, keep, readKept, type Keeping } from '../session/kept';
import { useSubmitOnce, type Refusal } from '../session/use-submit-once';
import { messageOf } from '../ui/message-of';
import { words } from '../words';

/** Longer than a weekend, shorter than a holiday. */
const keptForMs = 7 * 86_400_000;

/** The author of a reply, and its ticket. */
export interface ReplyPlace {
  agentId: string;
  ticketId: string;
}

/**
 * A reply, from its first letter until it is added to the ticket. Until then its text is kept as a draft in
 * this browser, and a reply that was sent without an answer is added once when it is sent again.
 */
export function useReply({
  place: { agentId, ticketId },
  onWritten,
}: {
  place: ReplyPlace;
  onWritten: (ticket: TicketPartsFragment) => void;
}) {
  const keeping = (what: string): Keeping => ({
    name: `${what} ${agentId} ${ticketId}`,
    in: 'browser',
    forMs: keptForMs,
  });
  const [text, setText] = useState(() => readKept<string>(keeping('draft')) ?? '');
  const [hadDraft, setHadDraft] = useState(text !== '');
  useEffect(forgetOldKept, []);

  const change = (next: string) => {
    setText(next);
    setHadDraft(false);
    keep(keeping('draft'), next || null);
  };
  const submission = useSubmitOnce(WriteReplyDocument, {
    variables: (reply: { body: string; status: TicketStatus | null }, idempotencyKey) => ({
      input: { ticketId, ...reply, idempotencyKey },
    }),
    of: ({ replyToTicket }) => replyToTicket,
    done({ ticket }) {
      change('');
      if (ticket) onWritten(ticket);
    },
    outdates: [],
    persistAs: keeping('sent reply'),
  });
  const { send, isBusy, fault, refusals } = submission;
  const [refusal] = refusals;
  return {
    text,
    setText: change,
    send: (status: TicketStatus | null) => send({ body: text, status }),
    isSending: isBusy,
    problem: fault ? ofFault(fault) : refusal ? ofRefusal(refusal) : null,
    hadDraft,
  };
}

/** The text was changed after it was sent, and the first version had been added after all. */
function ofRefusal(refusal: Refusal): string {
  const isOfFirst = refusal.code === 'IDEMPOTENCY_KEY_REUSED';
  return isOfFirst ? words.portal.replies.alreadySent : messageOf(refusal);
}

function ofFault(fault: Fault): string {
  return fault.isPassing
    ? words.portal.replies.unanswered
    : words.portal.replies.textKept(messageOf(fault));
}
