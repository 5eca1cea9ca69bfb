import { Field, Int, ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description:
    'The balance fell to one of the alertThresholds, or a new one was set at or above the balance: one entry for each threshold. Reported again only after the balance has risen above the threshold, or the thresholds have changed.',
})
export class DayPassWalletLow extends DayPassEvent {
  @Field(() => Int, { description: 'The threshold that the balance has reached.' })
  threshold!: number;
}
