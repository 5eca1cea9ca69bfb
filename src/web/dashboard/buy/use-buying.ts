import { useState } from 'react';
import type { Fault } from '../../api/fault';
import {
  BuyDayPassesDocument,
  BuyPastDocument,
  OrdersBillingDocument,
  OrdersDocument,
  type BuyDayPassesMutation,
} from '../../generated/app';
import { useSubmitOnce, type Refusal } from '../../session/use-submit-once';
import { useViewer } from '../../session/viewer';
import type { Money } from './buy-price';

type Answer = NonNullable<BuyDayPassesMutation['purchaseDayPasses']>;

/** A purchase that the person has confirmed. */
export interface Order {
  walletId: string;
  quantity: number;
  unitPrice: Money;
  total: Money;
  /** In an account that the operator bills: the total with tax. */
  gross?: Money;
  dueOn?: string | null;
  purchaseOrderNumber?: string;
}

/** The result of an order. */
export type Outcome =
  | {
      kind: 'bought';
      purchase: NonNullable<Answer['purchase']>;
      wallet: NonNullable<Answer['wallet']>;
      order: Answer['order'];
    }
  | {
      /** The passes come when the order is paid. */
      kind: 'ordered';
      order: NonNullable<Answer['order']>;
    }
  | { kind: 'refused'; refusal: Refusal | Fault };

export interface Buying {
  /** The order that is being sent, or has no answer yet. */
  order: Order | null;
  isSending: boolean;
  /** The last result, until the next order. */
  outcome: Outcome | null;
  /** Sends an order, or the same order again. */
  send(order: Order): void;
  /** Gives up waiting for an answer. */
  forget(): void;
}

/** Up to this age, a reload continues a purchase automatically; an older one waits for a click. */
const resumesForMs = 10 * 60_000;
const keptForMs = 86_400_000;

/** Buys each order once. It is kept in the tab until the service has answered, also over a reload. */
export function useBuying({
  settled,
}: {
  settled: (outcome: Outcome, order: Order) => void;
}): Buying {
  const { agent } = useViewer();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const end = (next: Outcome, order: Order) => {
    setOutcome(next);
    settled(next, order);
  };
  const { send, sending, unanswered, reset } = useSubmitOnce(BuyDayPassesDocument, {
    variables: (
      { walletId, quantity, total, gross, purchaseOrderNumber }: Order,
      idempotencyKey,
    ) => ({
      input: {
        ...{ idempotencyKey, walletId, quantity, purchaseOrderNumber },
        expectedTotal: total.amount,
        expectedGross: gross?.amount,
      },
    }),
    of: ({ purchaseDayPasses }) => purchaseDayPasses,
    // A repeated request whose first try had succeeded ends here too.
    done({ purchase, wallet, order }, sent) {
      if (purchase && wallet) end({ kind: 'bought', purchase, wallet, order }, sent);
      else if (order) end({ kind: 'ordered', order }, sent);
    },
    refused: (refusal, order) => end({ kind: 'refused', refusal }, order),
    outdates: [BuyPastDocument, OrdersDocument, OrdersBillingDocument],
    persistAs: { name: `order ${agent?.id}`, in: 'tab', forMs: keptForMs, resumesForMs },
  });
  return {
    order: sending ?? unanswered,
    isSending: sending !== null,
    outcome,
    send(order) {
      setOutcome(null);
      send(order);
    },
    forget: reset,
  };
}
