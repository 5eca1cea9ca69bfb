import { Field, Int, ObjectType } from 'type-graphql';
import { MoneyType, toMoney } from '../api/money.type';
import { DateTimeScalar } from '../api/scalars';
import type { DayPassPriceRow } from '../db/tables/day-pass-price';

@ObjectType('DayPassPrice', {
  description:
    'The price of one day pass, without tax, for purchases of a minimum quantity or more, while the price is valid.',
})
export class PriceType {
  @Field(() => String, { description: 'The subscription plan of the account.' })
  plan!: string;

  @Field(() => MoneyType, { description: 'The price of one pass, without tax.' })
  unitPrice!: MoneyType;

  @Field(() => Int, { description: 'The price applies to purchases of this many passes or more.' })
  minimumQuantity!: number;

  @Field(() => DateTimeScalar, { description: 'When the price becomes valid.' })
  validFrom!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the price stops being valid; null if no end is set.',
  })
  validTo!: Date | null;

  @Field(() => Boolean, {
    description:
      'Whether this is an example price that came with the service. An operator replaces it.',
  })
  example!: boolean;
}

export function toPrice(row: DayPassPriceRow): PriceType {
  const { unitPriceMinor: minor, currency } = row;
  return { ...row, unitPrice: toMoney({ minor, currency }) };
}
