import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseNames } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { newId } from '../core/ids';
import { findWallet } from './find-wallet';
import { WalletType } from './wallet.type';

@InputType({ description: 'What to set of a wallet; what is left out stays.' })
class UpdateDayPassWalletInput {
  @Field(() => ID, { description: 'The wallet, by its id.' })
  walletId!: string;

  @Field(() => String, { nullable: true, description: 'The name that people read, 1 to 200.' })
  name?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      '0 to 1,000,000,000: alert when the balance falls to it, and at once if it is there already; null: no alert.',
  })
  lowBalanceThreshold?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      '0 to 1,000: passes that may be taken below zero; not less than are owed now. Above Account.billing.emergencyCeiling of a BILLED account it is refused with NOT_PERMITTED.',
  })
  emergencyAllowance?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: nothing may be consumed from it; false: it may again.',
  })
  frozen?: boolean | null;
}

@ObjectType({ description: 'What came of setting a wallet.' })
class UpdateDayPassWalletPayload {
  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'VALIDATION_FAILED', 'NOT_PERMITTED'))
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => UpdateDayPassWalletPayload)
export class UpdateWalletResolver {
  @Mutation(() => UpdateDayPassWalletPayload, {
    nullable: true,
    description: "Sets a wallet's name, alert and allowance, or freezes it. For admins who are in.",
  })
  async updateDayPassWallet(
    @Arg('input', () => UpdateDayPassWalletInput, { description: 'What to set.' })
    input: UpdateDayPassWalletInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateDayPassWalletPayload> {
    await context.require('wallet:write');
    const { name, lowBalanceThreshold, emergencyAllowance, frozen } = input;
    const invalid = refuseNames({ name: [name, 200] });
    if (invalid) return { walletId: null, userErrors: [invalid] };
    // Under the account's lock: what a pass is sold by does not change beside it.
    const outcome = await context.ledger.submit({
      kind: 'update-wallet',
      id: newId(),
      walletId: rowIdOrNone('DayPassWallet', input.walletId),
      name: name ?? undefined,
      lowBalanceThreshold,
      emergencyAllowance: emergencyAllowance ?? undefined,
      frozen: frozen ?? undefined,
      audit: context.attribution,
    });
    if (outcome.status === 'refused') return { walletId: null, userErrors: [outcome] };
    return { walletId: outcome.result.wallet.id, userErrors: [] };
  }

  @FieldResolver(() => WalletType, {
    nullable: true,
    description: 'The wallet after it; null where it was refused.',
  })
  wallet(
    @Root() { walletId }: UpdateDayPassWalletPayload,
    @Ctx() context: RequestContext,
  ): Promise<WalletType | null> {
    return findWallet(context, walletId);
  }
}
