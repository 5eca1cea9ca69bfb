import { unchanged, type Decision } from '../model/decision';
import type { Actor, Ledger, Order } from '../model/ledger';
import { refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';

/** An order that waits for its payment is given up. */
export interface CancelOrder extends AnyCommand {
  kind: 'cancel-order';
  actor: Actor | null;
  orderId: string;
}

export const cancelOrder: CommandModule<CancelOrder, { orderId: string }> = {
  kind: 'cancel-order',
  needs: ({ orderId }) => ({ orders: [orderId], ordering: true }),
  decide,
  audit(_ledger, { orderId }, changes) {
    const order = changes.orders.get(orderId);
    if (!order) return null;
    return {
      action: 'order.canceled',
      subject: { type: 'DayPassOrder', id: orderId },
      before: { status: 'PLACED' },
      after: { status: 'CANCELED' },
    };
  },
};

/** Canceling again has no effect. An order with passes or money cannot be canceled. */
function decide(
  ledger: Ledger,
  command: CancelOrder,
  newId: () => string,
): Decision<{ orderId: string }> {
  const { orderId, actor } = command;
  const found = ledger.orders.get(orderId);
  const field = ['orderId'];
  if (!found) {
    const message = 'The account has no order with this id. Check the id.';
    return unchanged(refused('NOT_FOUND', message, field));
  }
  const { order } = found;
  if (order.canceledAtMs !== null) return unchanged({ status: 'replayed', result: { orderId } });
  if (order.creditedAtMs !== null || order.receivedMinor > order.backMinor) {
    const message =
      'The passes of this order are in the wallet, or money has come for it. Ask the operator of the service.';
    return unchanged(refused('NOT_CANCELABLE', message, field));
  }
  const posting = new Posting(ledger, command, newId);
  endOrder(posting, order, { actor, nowMs: ledger.nowMs });
  return { outcome: { status: 'accepted', result: { orderId } }, changes: posting.changes };
}

/** The passes of the order do not come. `actor`: null if it lapsed. */
export function endOrder(
  posting: Posting,
  order: Order,
  { actor, nowMs }: { actor: Actor | null; nowMs: number },
): void {
  const { id: orderId, walletId } = order;
  posting.changes.orders.set(orderId, { ...order, canceledAtMs: nowMs });
  posting.post({
    kind: 'DayPassOrderCanceled',
    ...{ walletId, actor },
    payload: { orderId },
    key: orderId,
  });
}
