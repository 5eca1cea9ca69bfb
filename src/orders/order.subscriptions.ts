import { Arg, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import type { Order } from '../ledger/model/ledger';
import { orderStream } from './order.streams';
import { OrderType, toOrder } from './order.type';

@Resolver()
export class OrderSubscriptions {
  @Subscription(() => OrderType, {
    description:
      'One order, for a page that shows it: first its present state, then each newer state. A used pass alone sends no message. The stream ends when the order is CLOSED or CANCELED, or when the caller loses the permission. For account admins, with or without access to the agent portal; an API key needs the scope billing:read.',
    subscribe: ({
      args,
      context,
    }: SubscribeResolverData<unknown, { id: string }, RequestContext>) =>
      orderStream(context, rowIdOrNone('DayPassOrder', args.id)),
  })
  dayPassOrderChanged(
    @Root() order: Order,
    @Arg('id', () => ID, { description: "The order's id." }) _id: string,
  ): OrderType {
    return toOrder(order);
  }
}
