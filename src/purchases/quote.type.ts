import { Field, Int, ObjectType } from 'type-graphql';
import { PaymentMethodEnum, type PaymentMethodKind } from '../accounts/billing.type';
import { defineEnum } from '../api/enum';
import { DecimalScalar, MoneyType, toMoney } from '../api/money.type';
import { DateScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { formatRate, type TaxCategory } from '../ledger/books/tax.rules';
import type { Quote } from './quote.rules';

export const TaxCategoryEnum = defineEnum<TaxCategory>(
  'TaxCategory',
  'The kind of tax on a sale: codes of UNCL 5305, as EN 16931 uses them.',
  {
    S: 'The standard or a reduced rate.',
    Z: 'A zero rate.',
    E: 'Exempt from tax.',
    AE: 'Reverse charge: the buyer is liable for the tax.',
    G: 'Not taxed, because the buyer is abroad.',
    O: 'Not subject to tax: the seller has no VAT id, and the buyer is abroad.',
  },
);

@ObjectType('TaxLine', { description: 'The tax of one category and rate.' })
export class TaxLineType {
  @Field(() => TaxCategoryEnum, { description: 'The kind of tax.' })
  category!: TaxCategory;

  @Field(() => DecimalScalar, { description: 'The rate in percent, e.g. "19.00".' })
  rate!: string;

  @Field(() => MoneyType, { description: 'The amount that is taxed.' })
  base!: MoneyType;

  @Field(() => MoneyType, {
    description: 'The tax, rounded half up to the smallest unit of the currency.',
  })
  amount!: MoneyType;

  @Field(() => String, {
    nullable: true,
    description: 'The words that the law requires, e.g. for a reverse charge; null if none.',
  })
  note!: string | null;
}

@ObjectType('DayPassTier', { description: 'The price of one pass from a quantity on.' })
export class TierType {
  @Field(() => Int, { description: 'The smallest quantity with this price.' })
  minimumQuantity!: number;

  @Field(() => MoneyType, { description: 'The price of one pass, without tax.' })
  unitPrice!: MoneyType;
}

@ObjectType('DayPassQuote', {
  description:
    'What a quantity of day passes would cost now. Nothing is reserved: send its net and gross with purchaseDayPasses to buy at this price only.',
})
export class QuoteType {
  @Field(() => Int, { description: 'The number of passes.' })
  quantity!: number;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price of one pass, without tax; null if no price applies to the quantity.',
  })
  unitPrice!: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price of all passes, without tax; null if no price applies.',
  })
  net!: MoneyType | null;

  @Field(() => [TaxLineType], {
    description:
      'The taxes. Empty if tax is not included: in an UNBILLED account, until seller and buyer have been entered, and if the operator has set no rate for the country.',
  })
  taxes!: TaxLineType[];

  @Field(() => MoneyType, {
    nullable: true,
    description: 'The price of all passes with the taxes; null if no price applies.',
  })
  gross!: MoneyType | null;

  @Field(() => Int, { description: 'The quantity must be a multiple of this number.' })
  packSize!: number;

  @Field(() => TierType, {
    nullable: true,
    description:
      'The smallest larger quantity that can be bought at another price; null if all larger quantities have the same price.',
  })
  nextTier!: TierType | null;

  @Field(() => [PaymentMethodEnum], { description: 'How the passes can be paid.' })
  paymentMethods!: PaymentMethodKind[];

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'When the invoice would be due, if it was ordered today; null if nothing is sold on terms, and if the passes come when they are paid.',
  })
  dueOn!: string | null;

  @Field(() => [UserError], {
    description: `Why purchaseDayPasses would be refused now; empty if it would not. ${userErrorsOf('NOT_FOUND', 'QUANTITY_OUT_OF_RANGE', 'VALIDATION_FAILED', 'NOT_PERMITTED', 'CREDIT_LIMIT', 'ACCOUNT_ON_HOLD', 'PAYMENT_METHOD_MISSING').description.replace(/^.*Codes/, 'Codes')}`,
  })
  userErrors!: UserError[];
}

export function toQuote(
  { quantity, currency, packSize, price, nextTier, refusal }: Quote,
  { paymentMethods, dueOn }: Pick<QuoteType, 'paymentMethods' | 'dueOn'>,
): QuoteType {
  const money = (minor: number) => toMoney({ minor, currency });
  return {
    quantity,
    unitPrice: price && money(price.unitPriceMinor),
    net: price && money(price.netMinor),
    taxes: (price?.taxes ?? []).map(({ category, basisPoints, baseMinor, amountMinor, note }) => ({
      category,
      rate: formatRate(basisPoints),
      base: money(baseMinor),
      amount: money(amountMinor),
      note,
    })),
    gross: price && money(price.grossMinor),
    packSize,
    nextTier: nextTier && {
      minimumQuantity: nextTier.minimumQuantity,
      unitPrice: money(nextTier.unitPriceMinor),
    },
    paymentMethods,
    dueOn,
    userErrors: refusal ? [refusal] : [],
  };
}
