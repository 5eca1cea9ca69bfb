import { Field, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';
import type { AccountRow } from '../db/tables/account';

const BillingModeEnum = defineEnum<AccountRow['billingMode']>(
  'BillingMode',
  'Whether the operator of the service sells day passes to the account. Only the operator can change it.',
  {
    UNBILLED:
      'The account pays nothing for day passes: it runs Daypass for itself. purchaseDayPasses credits the passes at once, and admins may grant passes.',
    BILLED:
      'The operator sells the day passes. Only the operator grants them, and purchaseDayPasses is refused with NOT_PERMITTED.',
  },
);

export type PaymentMethodKind = 'NONE';

/** TERMS and cards follow with orders. */
export const PaymentMethodEnum = defineEnum<PaymentMethodKind>(
  'PaymentMethodKind',
  'How an order of day passes is paid. Values will be added.',
  { NONE: 'Nothing is owed: for UNBILLED accounts.' },
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
      'How the account can order passes now. Empty for a BILLED account: its operator adds the passes.',
  })
  paymentMethods!: PaymentMethodKind[];
}

export function toBilling({ billingMode: mode, emergencyCeiling }: AccountRow): BillingType {
  const isBilled = mode === 'BILLED';
  return {
    mode,
    emergencyCeiling: isBilled ? emergencyCeiling : ceilingWhenUnbilled,
    paymentMethods: isBilled ? [] : ['NONE'],
  };
}
