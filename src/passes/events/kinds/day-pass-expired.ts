import { Ctx, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../../api/context';
import { ConsumptionType } from '../../consumptions/consumption.type';
import { consumptionOfEvent } from '../consumption-of-event';
import { DayPassEvent } from '../event.type';

@ObjectType({ implements: DayPassEvent, description: 'The day of a consumed pass is over.' })
export class DayPassExpired extends DayPassEvent {}

@Resolver(() => DayPassExpired)
export class ExpiredResolver {
  @FieldResolver(() => ConsumptionType, { description: 'The consumption that expired.' })
  consumption(
    @Root() event: DayPassExpired,
    @Ctx() context: RequestContext,
  ): Promise<ConsumptionType> {
    return consumptionOfEvent(event, context);
  }
}
