import { useEffect, useState } from 'react';
import { Fault } from '../api/fault';
import { WriteReplyDocument, type TicketPartsFragment, type TicketStatus } from '../generated/app';
import { useAct } from '../session/use-api-query';
import { saysOf } from '../ui/says';
import { useOnceKey } from '../ui/use-once-key';
import { forgetOldDrafts, keepDraft, readDraft, type Draft, type DraftPlace } from './drafts';

/**
 * A reply from its first letter to its being written. It is kept as a draft until then, with the
 * idempotency key that it was sent with: sent again, after whatever came between, it is written once.
 */
export function useReply({
  place,
  onWritten,
}: {
  place: DraftPlace;
  onWritten: (ticket: TicketPartsFragment) => void;
}) {
  const [draft, setDraft] = useState(() => readDraft(place));
  const [hadDraft, setHadDraft] = useState(draft.text !== '');
  const [problem, setProblem] = useState<string | null>(null);
  const once = useOnceKey(draft.key);
  const write = useAct(WriteReplyDocument);
  useEffect(forgetOldDrafts, []);

  const become = (next: Draft) => {
    setDraft(next);
    keepDraft(place, next);
  };
  const send = async (status: TicketStatus | null) => {
    const { text } = draft;
    const key = once.key();
    become({ text, key });
    setProblem(null);
    try {
      const input = { ticketId: place.ticketId, body: text, status, idempotencyKey: key };
      const { replyToTicket: answer } = await write.mutateAsync({ input });
      const [error] = answer?.userErrors ?? [];
      if (error?.code === 'IDEMPOTENCY_KEY_REUSED') {
        // It was changed since it was sent, and what was sent had been written after all.
        once.renew();
        become({ text, key: null });
        return setProblem(sentBefore);
      }
      if (error) return setProblem(saysOf(error));
      once.renew();
      setHadDraft(false);
      become({ text: '', key: null });
      if (answer?.ticket) onWritten(answer.ticket);
    } catch (fault) {
      setProblem(whatBecameOfIt(fault as Error));
    }
  };
  return {
    text: draft.text,
    setText: (text: string) => {
      setHadDraft(false);
      become({ ...draft, text });
    },
    send,
    isSending: write.isPending,
    problem,
    hadDraft,
  };
}

const sentBefore =
  'Your reply had been written as you sent it first: it is above. Send again to write this one as well.';

function whatBecameOfIt(fault: Error): string {
  const isUnknown = fault instanceof Fault && fault.isPassing;
  return isUnknown
    ? 'The service did not answer. Your text is kept: send it again, it will be written once.'
    : `${saysOf(fault)} Your text is kept.`;
}
