import { putDueItem, type Changes } from '../../model/changes';
import type { Order } from '../../model/ledger';
import { lapsesAtOf } from '../../model/order.rules';
import { endOrder } from '../cancel-order';
import type { DueKindModule } from './due-kind';

/**
 * No payment came for an order: it ends, so that its price does not hold forever. If part of the money
 * came, the operator decides.
 */
export const orderLapses: DueKindModule<'ORDER_LAPSES'> = {
  kind: 'ORDER_LAPSES',
  fall({ facts: order }, { ledger, posting }) {
    if (!order || lapsesAtOf(order) === null || order.receivedMinor > order.backMinor) return;
    endOrder(posting, order, { actor: null, nowMs: ledger.nowMs });
  },
};

/** The passes of an order that come with it leave nothing to lapse. */
export function expectLapse(changes: Pick<Changes, 'dueItems'>, order: Order): void {
  const atMs = lapsesAtOf(order);
  if (atMs !== null) putDueItem(changes, { kind: 'ORDER_LAPSES', subject: order.id, atMs });
}
