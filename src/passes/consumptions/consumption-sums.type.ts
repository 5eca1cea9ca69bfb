import { Field, ID, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../../api/enum';
import { MoneyType } from '../../api/money.type';
import type { SumGroup } from './consumption-sums.queries';

export const SumGroupEnum = defineEnum<SumGroup>(
  'DayPassConsumptionGroup',
  'How the sums over a list of consumptions are grouped.',
  {
    AGENT: 'One sum per agent.',
    CLIENT: 'One sum per client, by the ticket that the agent opened.',
    TICKET: 'One sum per ticket that an agent opened with a pass.',
    PRICE: 'One sum per price that was paid for one pass.',
  },
);

@ObjectType('DayPassConsumptionSum', {
  description:
    'The sum over a list of consumptions, in total or for one agent, client, ticket or price.',
})
export class ConsumptionSumType {
  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the agent, client or ticket, or the price with its currency. Null without groupBy, for passes that belong to no client or ticket, and for passes that nothing was paid for.',
  })
  key!: string | null;

  @Field(() => Int, { description: 'The number of passes, without those that were reversed.' })
  consumed!: number;

  @Field(() => Int, {
    description: 'The number of passes that were reversed. They are in no other number.',
  })
  reversed!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'What was paid for the passes, without tax: the prices at which their lots were bought. Null if nothing was paid for any of them, or if their lots were bought in different currencies.',
  })
  paid!: MoneyType | null;

  @Field(() => [MoneyType], {
    description:
      'What was paid for the passes, without tax: one amount per currency, in the order of the codes. Empty if nothing was paid for any of them.',
  })
  paidByCurrency!: MoneyType[];

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'With groupBy PRICE: what was paid for each pass, without tax. Null for passes that nothing was paid for, and with any other groupBy.',
  })
  unitPrice!: MoneyType | null;

  groupBy!: SumGroup | null;
  /** The row id of the agent, client or ticket; null for a price. */
  rowKey!: string | null;
}
