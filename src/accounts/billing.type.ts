import { Field, Int, ObjectType } from 'type-graphql';
import { defineEnum } from '../api/enum';
import type { AccountRow } from '../db/tables/account';

const BillingModeEnum = defineEnum<AccountRow['billingMode']>(
  'BillingMode',
  'Whether the operator of the service sells passes to the account. The operator sets it.',
  {
    UNBILLED:
      'Passes are credited when they are ordered, and nothing is owed: an MSP that runs Daypass for itself. Its admins may grant passes.',
    BILLED:
      'The operator sells the passes: only the operator grants them, and purchaseDayPasses is refused with NOT_PERMITTED.',
  },
);

/** Without a ceiling of the operator's, the bound that every emergency allowance has. */
const ceilingWhenUnbilled = 1_000;

@ObjectType('AccountBilling', { description: 'The terms on which an account gets its day passes.' })
export class BillingType {
  @Field(() => BillingModeEnum, { description: 'Who adds passes to the account.' })
  mode!: AccountRow['billingMode'];

  @Field(() => Int, {
    description:
      'The most that an admin may set emergencyAllowance of a wallet to. An allowance that was higher before the account was BILLED stays until it is changed.',
  })
  emergencyCeiling!: number;
}

export function toBilling({ billingMode: mode, emergencyCeiling }: AccountRow): BillingType {
  const isBilled = mode === 'BILLED';
  return { mode, emergencyCeiling: isBilled ? emergencyCeiling : ceilingWhenUnbilled };
}
