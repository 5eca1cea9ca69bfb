import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseNames } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { newId } from '../core/ids';
import { walletOfPayload } from './wallet-of-payload';

@InputType({ description: 'What to change on a wallet. A field that is left out stays unchanged.' })
class UpdateDayPassWalletInput {
  @Field(() => ID, { description: 'The id of the wallet.' })
  walletId!: string;

  @Field(() => String, { nullable: true, description: 'The display name, 1 to 200 characters.' })
  name?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The highest low-balance alert, 0 to 1,000,000,000: an alert is sent when the balance falls to this number, and at once if the balance is already there. Lower alertThresholds stay. Null: no alert at all.',
  })
  lowBalanceThreshold?: number | null;

  @Field(() => [Int], {
    nullable: true,
    description:
      'All low-balance alerts: at most five numbers of 0 to 1,000,000,000, in any order. They replace the present ones; an empty list means no alert. Do not give lowBalanceThreshold too.',
  })
  alertThresholds?: number[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many passes may be consumed below a balance of zero: 0 to 1,000, and not less than the wallet owes now. In a BILLED account a value above Account.billing.emergencyCeiling is refused with NOT_PERMITTED.',
  })
  emergencyAllowance?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True freezes the wallet: no pass can be consumed from it. False unfreezes it.',
  })
  frozen?: boolean | null;
}

@ObjectType({ description: 'The result of updating a wallet.' })
class UpdateDayPassWalletPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED', 'NOT_PERMITTED'))
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => UpdateDayPassWalletPayload)
export class UpdateWalletResolver {
  @Mutation(() => UpdateDayPassWalletPayload, {
    nullable: true,
    description:
      "Changes a wallet's name, low-balance alerts or emergencyAllowance, and freezes or unfreezes it. For account admins with access to the agent portal; an API key needs the scope wallet:write.",
  })
  async updateDayPassWallet(
    @Arg('input', () => UpdateDayPassWalletInput, { description: 'The wallet and the changes.' })
    input: UpdateDayPassWalletInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateDayPassWalletPayload> {
    await context.permissions.require('wallet:write');
    const { name, lowBalanceThreshold, alertThresholds, emergencyAllowance, frozen } = input;
    const invalid = refuseNames({ name: [name, 200] });
    if (invalid) return { walletId: null, userErrors: [invalid] };
    // Under the account's lock: what a pass is sold by does not change beside it.
    const outcome = await context.account.ledger.submit({
      kind: 'update-wallet',
      id: newId(),
      walletId: rowIdOrNone('DayPassWallet', input.walletId),
      name: name ?? undefined,
      lowBalanceThreshold,
      alertThresholds: alertThresholds ?? undefined,
      emergencyAllowance: emergencyAllowance ?? undefined,
      frozen: frozen ?? undefined,
      audit: context.caller.attribution,
    });
    if (outcome.status === 'refused') return { walletId: null, userErrors: [outcome] };
    return { walletId: outcome.result.wallet.id, userErrors: [] };
  }
}

export const UpdateDayPassWalletPayloadResolver = walletOfPayload(
  UpdateDayPassWalletPayload,
  'The wallet after the change; null if the request was refused.',
);
