import { Field, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../../api/enum';
import { MoneyType } from '../../api/money.type';
import type { AdviceVerdict } from './advice.rules';

const PassAdviceVerdictEnum = defineEnum<AdviceVerdict>(
  'PassAdviceVerdict',
  'What is cheaper for an occasional agent.',
  {
    PASSES: 'Day passes are cheaper than a licence.',
    SEAT: 'A monthly licence is cheaper than day passes.',
    CLOSE: 'The difference is at most 15 % of a licence, or the months do not agree.',
    NOT_ENOUGH_HISTORY: 'The agent could use passes for fewer than 60 days.',
  },
);

@ObjectType('PassAdvice', {
  description:
    'Compares what was paid for the day passes of an occasional agent with the price of a monthly licence, over the last three months of 30 days. The verdict needs two months that agree.',
})
export class AdviceType {
  @Field(() => PassAdviceVerdictEnum, { description: 'What is cheaper.' })
  verdict!: AdviceVerdict;

  @Field(() => Int, {
    description:
      'The number of months of 30 days that the sums are made from: 3; fewer if the agent became active, or was converted, more recently. If it is 0, the sums are of the last 30 days.',
  })
  months!: number;

  @Field(() => Int, {
    description:
      'The number of days in these months on which the agent used a pass that was paid for. Reversed and granted passes do not count.',
  })
  paidDays!: number;

  @Field(() => MoneyType, {
    description: 'What was paid for these passes, without tax.',
  })
  cost!: MoneyType;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What one licence costs per month: Account.seatPrice.',
  })
  seatCost!: MoneyType | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number of days per month from which on a licence costs no more than day passes, at the prices that were paid. Null if nothing was paid.',
  })
  breakEvenDaysPerMonth!: number | null;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The average difference per month between the passes and a licence, never negative; `verdict` says which is cheaper. Null if there is not enough history.',
  })
  difference!: MoneyType | null;
}
