import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Fault } from '../../api/fault';
import {
  BuyDayPassesDocument,
  BuyPastDocument,
  type BuyDayPassesMutation,
} from '../../generated/app';
import { nameOf, useAct } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { isFresh, KeptOrder, type Order } from './buy-order';

type Answer = NonNullable<BuyDayPassesMutation['purchaseDayPasses']>;

/** What came of an order. */
export type Outcome =
  | {
      kind: 'bought';
      purchase: NonNullable<Answer['purchase']>;
      wallet: NonNullable<Answer['wallet']>;
    }
  | { kind: 'refused'; refusal: { code: string; message: string } | Fault };

export interface Buying {
  /** What is on its way, or has no answer yet. */
  order: Order | null;
  isSending: boolean;
  /** The last answer there was, until the next order. */
  outcome: Outcome | null;
  /** Sends an order, or the same one again. However often it is called, one is on its way. */
  send(order: Order): Promise<Outcome | null>;
  /** Gives up waiting for an answer. */
  forget(): void;
}

/** Buys each order once: its key is kept until the service has answered, also over a reload. */
export function useBuying(): Buying {
  const { agent } = useViewer();
  const [kept] = useState(() => new KeptOrder(agent?.id ?? ''));
  const [order, setOrder] = useState(() => kept.read());
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isSending, setIsSending] = useState(() => order !== null && isFresh(order));
  const isUnderWay = useRef(false);
  const { mutateAsync } = useAct(BuyDayPassesDocument);
  const queries = useQueryClient();

  const ask = async (next: Order): Promise<Outcome | null> => {
    const { key, walletId, quantity, total } = next;
    const input = { idempotencyKey: key, walletId, quantity, expectedTotal: total.amount };
    try {
      const { purchaseDayPasses: answer } = await mutateAsync({ input });
      const { purchase, wallet, userErrors } = answer!;
      // That it had been bought before is how a second try ends well.
      if (purchase && wallet) return { kind: 'bought', purchase, wallet };
      return { kind: 'refused', refusal: userErrors[0]! };
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('NO_ANSWER');
      // Nobody knows what came of it: the order stays as it is.
      return fault.isPassing || fault.code === 'UNAUTHENTICATED'
        ? null
        : { kind: 'refused', refusal: fault };
    }
  };
  const finish = async (next: Order): Promise<Outcome | null> => {
    isUnderWay.current = true;
    const came = await ask(next);
    isUnderWay.current = false;
    setIsSending(false);
    if (came) {
      kept.forget();
      setOrder(null);
      setOutcome(came);
      if (came.kind === 'bought') {
        void queries.invalidateQueries({ queryKey: [nameOf(BuyPastDocument)] });
      }
    }
    return came;
  };

  const resume = useRef(finish);
  useEffect(() => {
    const left = kept.read();
    if (left && isFresh(left) && !isUnderWay.current) void resume.current(left);
  }, [kept]);

  return {
    order,
    isSending,
    outcome,
    async send(next) {
      if (isUnderWay.current) return null;
      kept.keep(next);
      setOrder(next);
      setOutcome(null);
      setIsSending(true);
      return finish(next);
    },
    forget() {
      kept.forget();
      setOrder(null);
    },
  };
}
