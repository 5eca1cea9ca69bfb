import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../api/context';
import { ConsumptionType } from '../../consumptions/consumption.type';
import { consumptionOfEvent } from '../consumption-of-event';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description:
    "An admin reversed a consumption: the agent's access ended, and the pass is back in its lot.",
})
export class DayPassReversed extends DayPassEvent {
  @Field(() => String, { description: 'The reason that the admin gave.' })
  reason!: string;
}

@Resolver(() => DayPassReversed)
export class ReversedResolver {
  @FieldResolver(() => ConsumptionType, { description: 'The consumption that was reversed.' })
  consumption(
    @Root() event: DayPassReversed,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}
