import { ObjectType } from 'type-graphql';
import { orderOfEvent } from '../order-of-event';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'Passes were ordered on terms. The balance does not change.',
})
export class DayPassOrderPlaced extends DayPassEvent {}

export const OrderPlacedResolver = orderOfEvent(DayPassOrderPlaced);
