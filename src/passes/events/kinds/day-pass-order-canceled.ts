import { ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'An order was canceled before its passes came. The balance does not change.',
})
export class DayPassOrderCanceled extends DayPassEvent {}
