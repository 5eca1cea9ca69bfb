import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../../api/enum';
import { MoneyType } from '../../api/money.type';
import { DateScalar } from '../../api/scalars';
import type { UsageGroup } from './usage.queries';
import type { UsageInterval } from './usage.rules';

const UsageIntervalEnum = defineEnum<UsageInterval>(
  'DayPassUsageInterval',
  'The length of the periods in a usage report.',
  {
    DAY: 'Calendar days.',
    WEEK: 'Weeks, which start on Monday (ISO 8601).',
    MONTH: 'Calendar months.',
  },
);

const UsageGroupEnum = defineEnum<UsageGroup>(
  'DayPassUsageGroup',
  'How the rows of a usage report are grouped.',
  {
    AGENT: 'One row per agent.',
    CLIENT: 'One row per client, by the ticket that the agent opened.',
    SOURCE: 'One row per source, see DayPassSource.',
  },
);

@ObjectType('DayPassUsage', {
  description: 'The day passes used in one period, in total or for one group.',
})
export class UsageType {
  @Field(() => DateScalar, {
    description:
      'The first date of the period. In a report by week or month it may be before `from`.',
  })
  periodStart!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the agent or client, or the source. Null without groupBy, and for passes that belong to no client.',
  })
  key!: string | null;

  @Field(() => Int, { description: 'The number of passes used, without those that were reversed.' })
  consumed!: number;

  @Field(() => Int, {
    description: 'The number of passes that were reversed. They are not counted in `consumed`.',
  })
  reversed!: number;

  @Field(() => Int, {
    description: 'How many of the consumed passes were taken below a balance of zero.',
  })
  emergency!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "The number of days on which agents were full-time. It counts only agents who were converted between `from` and `to` (both included), because no pass shows those days. Each local date counts once per agent, in the agent's present time zone, even if the agent was full-time for only a part of it. Null with groupBy CLIENT or SOURCE, and with walletId, because such days belong to no client, source or wallet.",
  })
  fullTimeDays!: number | null;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The sum of what was paid for the consumed passes, without tax: the prices at which their lots were bought. Passes that nothing was paid for, such as granted passes and owed emergency passes, add nothing. Null if nothing was paid for any of them, or if their lots were bought in different currencies. An emergency pass is added when a later lot settles it, so the sum of a past period can increase.',
  })
  paid!: MoneyType | null;

  @Field(() => [MoneyType], {
    description:
      'What was paid for the consumed passes, without tax: one amount per currency, in the order of the codes. Empty if nothing was paid for any of them.',
  })
  paidByCurrency!: MoneyType[];

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The sum of the list prices of the consumed passes at the time of use, without tax. Null if none of them had a price, or if they have different currencies.',
  })
  cost!: MoneyType | null;

  @Field(() => [MoneyType], {
    description:
      'The list prices of the consumed passes, without tax: one amount per currency, in the order of the codes. Empty if none of them had a price.',
  })
  costByCurrency!: MoneyType[];

  groupBy!: UsageGroup | null;
  /** The agent's or client's row id, or the source. */
  rowKey!: string | null;
}

@ArgsType()
export class UsageArgs {
  @Field(() => DateScalar, { description: 'The first date of the report, included.' })
  from!: string;

  @Field(() => DateScalar, { description: 'The last date of the report, included.' })
  to!: string;

  @Field(() => UsageIntervalEnum, {
    defaultValue: 'DAY',
    description: 'The length of the periods.',
  })
  interval!: UsageInterval;

  @Field(() => UsageGroupEnum, {
    nullable: true,
    description:
      'How to group the rows. If left out, one row per period. If given, one row per period and key that has passes or full-time days.',
  })
  groupBy?: UsageGroup | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only passes of this wallet, by its id. Default: passes of all wallets.',
  })
  walletId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Only rows of the keys with the most passes between `from` and `to`: so many keys, 1 to 1000. Without groupBy it has no effect. Default: all keys.',
  })
  top?: number | null;
}
