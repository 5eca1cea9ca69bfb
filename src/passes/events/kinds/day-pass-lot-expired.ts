import { Field, Int, ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'Unused passes of a lot expired and left the wallet.',
})
export class DayPassLotExpired extends DayPassEvent {
  @Field(() => Int, { description: 'How many passes left the wallet.' })
  quantity!: number;
}
