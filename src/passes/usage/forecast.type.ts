import { Field, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../../api/enum';
import { DecimalScalar } from '../../api/money.type';
import { DateScalar } from '../../api/scalars';
import type { ForecastKind } from './forecast.rules';

const ForecastKindEnum = defineEnum<ForecastKind>(
  'ForecastKind',
  'What a forecast can say about a wallet.',
  {
    DATED: 'The wallet may be empty within a year: `earliest` is a date.',
    NOT_WITHIN_A_YEAR: 'At the present pace the passes last for more than a year.',
    NOT_ENOUGH_HISTORY: 'Passes were used on fewer than 14 days of the last 12 weeks.',
    EMPTY_NOW: 'No pass is left.',
  },
);

@ObjectType('DayPassForecast', {
  description:
    "When a wallet will be empty if passes are used as in the last 12 weeks and none are added. The service repeats past weeks 400 times at random, recent weeks more often, and follows the weekdays. Dates are in the account's time zone. The answer changes with each entry of the wallet's journal.",
})
export class ForecastType {
  @Field(() => ForecastKindEnum, { description: 'Whether there is a date; if not, the reason.' })
  kind!: ForecastKind;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The date by which the wallet is empty in one of ten paths. Set if kind is DATED.',
  })
  earliest!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The date by which the wallet is empty in half of the paths. Null if this is more than a year ahead, or if kind is not DATED.',
  })
  likely!: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The date by which the wallet is empty in nine of ten paths. Null if this is more than a year ahead, or if kind is not DATED.',
  })
  latest!: string | null;

  @Field(() => [DecimalScalar], {
    description:
      'The average number of passes that the paths use per weekday: seven numbers, Monday first.',
  })
  weekdayMeans!: string[];

  @Field(() => [DateScalar], {
    description:
      'The last dates within a year on which passes can be used before their lots end, oldest first. Passes that are left are lost then, and the forecast includes that.',
  })
  lotEnds!: string[];

  @Field(() => Int, {
    description:
      'The number of days of the last 12 weeks, without today, on which passes of this wallet were used.',
  })
  daysOfHistory!: number;
}
