import { Field, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';
import { MoneyType, toMoney } from '../api/money.type';
import { DateTimeScalar } from '../api/scalars';
import type { AccountRow } from '../db/tables/account';

const BillingModeEnum = defineEnum<AccountRow['billingMode']>(
  'BillingMode',
  'Whether the operator of the service sells day passes to the account. Only the operator can change it.',
  {
    UNBILLED:
      'The account pays nothing for day passes: it runs Daypass for itself. purchaseDayPasses credits the passes at once, and admins may grant passes.',
    BILLED:
      'The operator sells the day passes. Only the operator grants them. purchaseDayPasses places orders on the terms of the account, and is refused with NOT_PERMITTED if it has none.',
  },
);

export type PaymentMethodKind = 'NONE' | 'TERMS';

/** Cards follow. */
export const PaymentMethodEnum = defineEnum<PaymentMethodKind>(
  'PaymentMethodKind',
  'How an order of day passes is paid. Values will be added.',
  {
    NONE: 'Nothing is owed: for UNBILLED accounts.',
    TERMS: "By bank transfer, on the account's terms.",
  },
);

/** Without a ceiling of the operator's, the bound that every emergency allowance has. */
const ceilingWhenUnbilled = 1_000;

@ObjectType('AccountBilling', {
  description: 'The terms on which an account obtains its day passes.',
})
export class BillingType {
  @Field(() => BillingModeEnum, {
    description: "Whether the account's admins or the operator add passes.",
  })
  mode!: AccountRow['billingMode'];

  @Field(() => Int, {
    description:
      'The highest emergencyAllowance that an admin may set on a wallet. An allowance that was higher before the account became BILLED stays until somebody changes it.',
  })
  emergencyCeiling!: number;

  @Field(() => [PaymentMethodEnum], {
    description:
      'How the account can order passes now. Empty for a BILLED account without terms, whose operator adds the passes; and while no orders are taken.',
  })
  paymentMethods!: PaymentMethodKind[];

  @Field(() => Int, {
    nullable: true,
    description:
      'Days from an invoice until it is due; null if nothing is sold to the account on terms.',
  })
  termsDays!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether the passes of an order come at once. If false, they come when the order is paid.',
  })
  creditedFirst!: boolean;

  @Field(() => MoneyType, {
    nullable: true,
    description:
      'The most that may be owed at once, with tax; null: no limit is set. An order that is paid before its passes come needs no credit.',
  })
  creditLimit!: MoneyType | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when the operator takes no orders on terms; null if it takes them. The gate is not affected.',
  })
  holdSince!: Date | null;

  currency!: string;
}

export function toBilling(row: AccountRow): BillingType {
  const { billingMode: mode, emergencyCeiling, termsDays, currency, holdSince } = row;
  const isBilled = mode === 'BILLED';
  return {
    mode,
    emergencyCeiling: isBilled ? emergencyCeiling : ceilingWhenUnbilled,
    paymentMethods: paymentMethodsOf(row),
    termsDays: isBilled ? termsDays : null,
    creditedFirst: !isBilled || row.creditFirst,
    creditLimit:
      isBilled && row.creditLimitMinor !== null
        ? toMoney({ minor: row.creditLimitMinor, currency })
        : null,
    holdSince: isBilled ? holdSince : null,
    currency,
  };
}

function paymentMethodsOf(row: AccountRow): PaymentMethodKind[] {
  if (row.billingMode === 'UNBILLED') return ['NONE'];
  const isSold = row.termsDays !== null && row.holdSince === null && row.closedAt === null;
  return isSold ? ['TERMS'] : [];
}
