import type { RequestContext } from '../api/context';
import type { MessageStream } from '../api/stream';
import { watchedStream } from '../api/watched-stream';
import { DomainError } from '../core/domain-error';
import type { EntryKind } from '../ledger/entries/entry-kinds';
import type { Order } from '../ledger/model/ledger';
import { statusOf, type OrderStatus } from '../ledger/model/order.rules';
import { ordersById } from './order.queries';

/**
 * One order for its subscriber: as it is, then each newer state, until nothing will happen to it or the
 * permission ends. A payment in part writes no entry: the wallet is reported as changed then.
 */
export function orderStream(context: RequestContext, orderId: string): MessageStream<Order> {
  // Unknown until the order has been read: what changes meanwhile wakes the stream, whatever it is of.
  let walletId: string | undefined;
  const isOfOrder = (id: string | null) => walletId === undefined || id === walletId;
  return watchedStream(
    context,
    {
      right: 'billing:read',
      wakesOnEntry: (entry) => isOfOrder(entry.walletId) && !isOfPasses.has(entry.kind),
      wakesOnState: ({ kind, id }) => kind === 'wallet' && isOfOrder(id),
    },
    async function* (account) {
      let sent: string | undefined;
      while (!account.isClosed) {
        const [order] = await ordersById(context.account.scope, [orderId]);
        await account.requireRight();
        if (!order) {
          throw new DomainError(
            'NOT_FOUND',
            'The account has no order with this id. Check the id.',
          );
        }
        walletId = order.walletId;
        const state = JSON.stringify(order);
        if (state !== sent) {
          sent = state;
          yield order;
        }
        if (lastStatuses.has(statusOf(order))) return;
        await account.wait();
      }
    },
  );
}

const lastStatuses: ReadonlySet<OrderStatus> = new Set(['CLOSED', 'CANCELED']);
/** A busy desk writes these for each pass, and they say nothing about an order. */
const isOfPasses: ReadonlySet<string> = new Set<EntryKind>([
  'DayPassConsumed',
  'DayPassExpired',
  'DayPassReversed',
]);
