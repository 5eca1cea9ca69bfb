import { ObjectType } from 'type-graphql';
import { orderOfEvent } from '../order-of-event';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description:
    'An order was canceled before its passes came, by a person or because no payment came within seven days: then it has no actor. The balance does not change.',
})
export class DayPassOrderCanceled extends DayPassEvent {}

export const OrderCanceledResolver = orderOfEvent(DayPassOrderCanceled);
