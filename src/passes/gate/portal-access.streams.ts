import type { RequestContext } from '../../api/context';
import type { MessageStream } from '../../api/stream';
import { watchedStream } from '../../api/watched-stream';
import type { JournalEntry } from '../../journal/journal-entry';
import { askGate, type GateRequest, type PortalAccessAnswer } from './ask-gate';

/**
 * The viewer's own gate: the present decision at once, then each that differs from the one before.
 * It wakes on what can change a decision, not on every change of a balance.
 */
export function portalAccessStream(
  context: RequestContext,
  question: Pick<GateRequest, 'ticketId' | 'ticketExternalId' | 'section'>,
): MessageStream<PortalAccessAnswer> {
  const { agentId, sessionKeyId } = context.caller.viewer;
  const decides = ({ kind }: { kind: string }) => kind !== 'ticket' || asksForTicket(question);
  return watchedStream(
    context,
    { right: null, wakesOnEntry: movesOverZero, wakesOnState: decides },
    async function* (account) {
      let sent = '';
      while (!account.isClosed) {
        await account.requireRight();
        const answer = await askGate(context, {
          ...question,
          agentId,
          sessionKeyId,
          locale: 'en',
          confirmationKey: null,
        });
        const decision = distinct(answer);
        if (decision !== sent) {
          sent = decision;
          yield answer;
        }
        await account.wait(answer.kind === 'PortalAccessGranted' ? answer.until : null);
      }
    },
  );
}

function asksForTicket({ ticketId, ticketExternalId }: Partial<GateRequest>): boolean {
  return ticketId != null || ticketExternalId != null;
}

/** Whether the entry emptied or filled the wallet, or the wallet is used below zero. */
function movesOverZero({ balance, delta }: JournalEntry): boolean {
  return delta !== 0 && (balance <= 0 || balance - delta <= 0);
}

/** The parts in which two decisions can differ; the instant of the decision is not one of them. */
function distinct(answer: PortalAccessAnswer): string {
  switch (answer.kind) {
    case 'PortalAccessGranted':
      return JSON.stringify([answer.kind, answer.basis, answer.until, answer.consumptionId]);
    case 'DayPassRequired':
      return JSON.stringify([answer.kind, answer.walletId, answer.emergency]);
    case 'PortalAccessDenied':
      return JSON.stringify([answer.kind, answer.reason]);
  }
}
