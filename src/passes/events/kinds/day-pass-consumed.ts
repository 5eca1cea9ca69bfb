import { Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../api/context';
import { ConsumptionType } from '../../consumptions/consumption.type';
import { consumptionOfEvent } from '../consumption-of-event';
import { DayPassEvent } from '../event.type';

@ObjectType({
  implements: DayPassEvent,
  description: 'An agent used a day pass: one pass left the wallet.',
})
export class DayPassConsumed extends DayPassEvent {}

@Resolver(() => DayPassConsumed)
export class ConsumedResolver {
  @FieldResolver(() => ConsumptionType, {
    description: 'The consumption that this entry recorded.',
  })
  consumption(
    @Root() event: DayPassConsumed,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}
