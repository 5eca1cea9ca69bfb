import { Field, Int, ObjectType } from 'type-graphql';
import { MoneyType, toMoney } from '../api/money.type';
import { DateTimeScalar } from '../api/scalars';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';

@ObjectType('DayPassPrice', {
  description: 'What one pass costs from a quantity on, while the price is valid; without tax.',
})
export class PriceType {
  @Field(() => String, { description: 'The plan that it is for: the one of the account.' })
  plan!: string;

  @Field(() => MoneyType, { description: 'The price of one pass.' })
  unitPrice!: MoneyType;

  @Field(() => Int, { description: 'It applies to a purchase of this many passes or more.' })
  minimumQuantity!: number;

  @Field(() => DateTimeScalar, { description: 'From when on it applies.' })
  validFrom!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it applies; null where no end is set.',
  })
  validTo!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether it was shipped as an example; an operator sets its own.',
  })
  example!: boolean;
}

export function toPrice(row: DayPassPriceRow): PriceType {
  const { unitPriceMinor: minor, currency } = row;
  return { ...row, unitPrice: toMoney({ minor, currency }) };
}
