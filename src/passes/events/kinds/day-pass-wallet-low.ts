import { Field, Int, ObjectType } from 'type-graphql';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description:
    'The balance fell to the threshold, or a new threshold was set at or above the balance. Reported again only after the balance has risen above the threshold, or the threshold has changed.',
})
export class DayPassWalletLow extends DayPassEvent {
  @Field(() => Int, { description: 'The lowBalanceThreshold at that time.' })
  threshold!: number;
}
