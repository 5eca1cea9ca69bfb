import { ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'The payments of an order reached its total. The balance does not change.',
})
export class DayPassOrderPaid extends DayPassEvent {}
