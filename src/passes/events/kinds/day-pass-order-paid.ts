import { FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { MoneyType, toMoney } from '../../../api/money.type';
import { DayPassEvent } from '../event.type';
import { orderOfEvent } from '../order-of-event';

@ObjectType({
  implements: DayPassEvent,
  description:
    'For the first time, a payment left nothing to pay for an order. The balance does not change.',
})
export class DayPassOrderPaid extends DayPassEvent {}

export const OrderPaidResolver = orderOfEvent(DayPassOrderPaid);

@Resolver(() => DayPassOrderPaid)
export class OrderReceivedResolver {
  @FieldResolver(() => MoneyType, {
    description: 'The sum of all payments of the order at that time.',
  })
  received(@Root() { entry }: DayPassOrderPaid): MoneyType {
    const { receivedMinor, currency } = entry.payload;
    return toMoney({ minor: Number(receivedMinor), currency: String(currency) });
  }
}
