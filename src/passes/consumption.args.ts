import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { PageArgs } from '../api/connection';
import { defineEnum } from '../api/enum';
import { OrderDirection } from '../api/order';
import { DateScalar, DateTimeScalar } from '../api/scalars';
import type { consumptionOrders } from './consumption-list.queries';
import { DayPassSource, DayPassStatus } from './consumption.type';

const ConsumptionOrderField = defineEnum<keyof typeof consumptionOrders>(
  'DayPassConsumptionOrderField',
  'What consumptions are ordered by.',
  { STARTS_AT: 'When the pass was consumed.', EXPIRES_AT: 'When the pass ends.' },
);

@InputType('DayPassConsumptionOrder', { description: 'The order of a list of consumptions.' })
class ConsumptionOrder {
  @Field(() => ConsumptionOrderField, { description: 'What to order by.' })
  field!: keyof typeof ConsumptionOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType('DayPassConsumptionFilter', {
  description:
    'Each given filter must hold; null is the same as not given. `from` (included) and `to` (excluded) are about startsAt.',
})
class ConsumptionFilter {
  @Field(() => ID, { nullable: true, description: 'Passes of one agent only.' })
  agentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Passes for tickets of one client only.' })
  clientId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Passes from one wallet only.' })
  walletId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Passes for one ticket only.' })
  ticketId?: string | null;

  @Field(() => DayPassStatus, { nullable: true, description: 'Passes of one status only.' })
  status?: keyof typeof DayPassStatus | null;

  @Field(() => DayPassSource, { nullable: true, description: 'Passes of one source only.' })
  source?: keyof typeof DayPassSource | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Consumed at this instant or later.',
  })
  from?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Consumed before this instant.' })
  to?: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Consumed for this calendar date, each in its agent's own zone.",
  })
  localDate?: string | null;
}

@ArgsType()
export class ConsumptionsArgs extends PageArgs {
  @Field(() => ConsumptionFilter, { nullable: true, description: 'Which ones; left out: all.' })
  filter?: ConsumptionFilter | null;

  @Field(() => ConsumptionOrder, { nullable: true, description: 'Left out: the newest first.' })
  orderBy?: ConsumptionOrder | null;
}
