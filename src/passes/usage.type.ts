import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';
import { MoneyType } from '../api/money.type';
import { DateScalar } from '../api/scalars';
import type { UsageGroup } from './usage.queries';
import type { UsageInterval } from './usage.rules';

const UsageIntervalEnum = defineEnum<UsageInterval>(
  'DayPassUsageInterval',
  'How long the periods of a usage report are.',
  { DAY: 'Calendar days.', WEEK: 'Weeks from Monday (ISO 8601).', MONTH: 'Calendar months.' },
);

const UsageGroupEnum = defineEnum<UsageGroup>(
  'DayPassUsageGroup',
  'What a usage report is broken down by.',
  {
    AGENT: 'Whoever came in.',
    CLIENT: 'The client of the ticket that was opened.',
    SOURCE: 'What the agent came in by.',
  },
);

@ObjectType('DayPassUsage', { description: 'Passes used in one period.' })
export class UsageType {
  @Field(() => DateScalar, {
    description:
      'The first date of the period: it may be before `from` in a report by week or month.',
  })
  periodStart!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The id of the agent or client, or the source; null without groupBy and for passes of no client.',
  })
  key!: string | null;

  @Field(() => Int, { description: 'Passes used, without those that were reversed.' })
  consumed!: number;

  @Field(() => Int, { description: 'Passes that were reversed; they are not among the consumed.' })
  reversed!: number;

  @Field(() => Int, { description: 'How many of the consumed ones were taken below zero.' })
  emergency!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Local dates on which agents were full-time who were converted within the report (from and to included): a date counts once for an agent, in the zone that it has now, also if it was full-time for an hour of it. So a conversion there and back is seen, as no pass says it. Agents who were not converted within the report are not counted. Null with groupBy CLIENT or SOURCE and with walletId: such days are of none.',
  })
  fullTimeDays!: number | null;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The list prices of the consumed ones when they were taken, without tax; null where none had one, or where they came in several currencies.',
  })
  cost!: MoneyType | null;

  groupBy!: UsageGroup | null;
  /** The agent's or client's row id, or the source. */
  rowKey!: string | null;
}

@ArgsType()
export class UsageArgs {
  @Field(() => DateScalar, { description: 'The first date, included.' })
  from!: string;

  @Field(() => DateScalar, { description: 'The last date, included.' })
  to!: string;

  @Field(() => UsageIntervalEnum, { defaultValue: 'DAY', description: 'How long a period is.' })
  interval!: UsageInterval;

  @Field(() => UsageGroupEnum, {
    nullable: true,
    description:
      'Left out: one row for each period. Given: one for each period and key that has any pass or full-time day.',
  })
  groupBy?: UsageGroup | null;

  @Field(() => ID, { nullable: true, description: 'Passes of one wallet; left out: of all.' })
  walletId?: string | null;
}
