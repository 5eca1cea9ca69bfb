import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../../api/connection';
import { defineEnum } from '../../api/enum';
import { OrderDirection } from '../../api/order';
import { DateScalar, DateTimeScalar } from '../../api/scalars';
import type { consumptionOrders } from './consumption-list.queries';
import { DayPassSource, DayPassStatus } from './consumption.type';

const ConsumptionOrderField = defineEnum<keyof typeof consumptionOrders>(
  'DayPassConsumptionOrderField',
  'The field by which a list of consumptions is ordered.',
  { STARTS_AT: 'When the pass was consumed.', EXPIRES_AT: 'When the pass ends.' },
);

@InputType('DayPassConsumptionOrder', { description: 'How to order a list of consumptions.' })
class ConsumptionOrder {
  @Field(() => ConsumptionOrderField, { description: 'The field to order by.' })
  field!: keyof typeof ConsumptionOrderField;

  @Field(() => OrderDirection, { description: 'Ascending or descending.' })
  direction!: OrderDirection;
}

@InputType('DayPassConsumptionFilter', {
  description:
    'Filters for consumptions. A consumption must match each filter that is given. Null is the same as not given. `from` (included) and `to` (excluded) compare with startsAt.',
})
export class ConsumptionFilter {
  @Field(() => ID, { nullable: true, description: "Only passes of this agent, by the agent's id." })
  agentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only passes that were used for tickets of this client, by the client's id.",
  })
  clientId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only passes from this wallet, by the wallet's id.",
  })
  walletId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Only passes that were used for this ticket, by the ticket's id.",
  })
  ticketId?: string | null;

  @Field(() => DayPassStatus, { nullable: true, description: 'Only passes with this status.' })
  status?: keyof typeof DayPassStatus | null;

  @Field(() => DayPassSource, { nullable: true, description: 'Only passes with this source.' })
  source?: keyof typeof DayPassSource | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only passes consumed at this instant or later.',
  })
  from?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only passes consumed before this instant.',
  })
  to?: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only passes for this calendar date, in the time zone of each agent.',
  })
  localDate?: string | null;
}

@ArgsType()
export class ConsumptionsArgs extends PageArgs {
  @Field(() => ConsumptionFilter, {
    nullable: true,
    description: 'Which consumptions to list. Default: all.',
  })
  filter?: ConsumptionFilter | null;

  @Field(() => ConsumptionOrder, {
    nullable: true,
    description: 'How to order the list. Default: newest first.',
  })
  orderBy?: ConsumptionOrder | null;
}
