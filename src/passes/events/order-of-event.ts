import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { ordersById } from '../../orders/order.queries';
import { mayReadOrders, OrderType, toOrder } from '../../orders/order.type';
import type { DayPassEvent } from './event.type';

/** Adds the field `order` to a kind of entry. */
export function orderOfEvent(kind: ClassType<DayPassEvent>) {
  @Resolver(() => kind)
  class OrderResolver {
    @FieldResolver(() => OrderType, {
      nullable: true,
      description:
        'The order, as it is now; null for callers without the permissions billing:read and passes:purchase.',
    })
    async order(
      @Root() { entry }: DayPassEvent,
      @Ctx() context: RequestContext,
    ): Promise<OrderType | null> {
      if (!(await mayReadOrders(context))) return null;
      const id = String(entry.payload.orderId);
      return toOrder(await context.reads.loadExisting(ordersById, id));
    }
  }
  return OrderResolver;
}
