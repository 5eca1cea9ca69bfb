import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseTexts } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { newId } from '../core/ids';
import { findWallet } from '../wallets/find-wallet';
import { WalletType } from '../wallets/wallet.type';
import { ConsumptionType, toConsumption } from './consumption.type';

@InputType({ description: 'Which consumption to take back, and why.' })
class ReverseDayPassConsumptionInput {
  @Field(() => ID, { description: 'The consumption, by its id.' })
  consumptionId!: string;

  @Field(() => String, { description: 'Why, 1 to 500 characters; it is kept in the journal.' })
  reason!: string;
}

@ObjectType({
  description: 'What came of a reversal. Reversing what is reversed answers the same.',
})
class ReverseDayPassConsumptionPayload {
  @Field(() => ConsumptionType, {
    nullable: true,
    description: 'The consumption after it; null where it was refused.',
  })
  consumption!: ConsumptionType | null;

  @Field(() => [UserError], userErrorsOf('NOT_FOUND', 'NOT_REVERSIBLE', 'VALIDATION_FAILED'))
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => ReverseDayPassConsumptionPayload)
export class ReverseConsumptionResolver {
  @Mutation(() => ReverseDayPassConsumptionPayload, {
    nullable: true,
    description:
      'Takes a consumption back within 15 minutes of it, once per day of the agent: passes whose times overlap are of one day, whatever the zones are called. The agent is out at once and the pass is in its lot again. For account admins who are in.',
  })
  async reverseDayPassConsumption(
    @Arg('input', () => ReverseDayPassConsumptionInput, { description: 'Which, and why.' })
    input: ReverseDayPassConsumptionInput,
    @Ctx() context: RequestContext,
  ): Promise<ReverseDayPassConsumptionPayload> {
    await context.require('wallet:write');
    const refused = { consumption: null, walletId: null };
    const invalid = refuseTexts({ reason: [input.reason, 500] });
    if (invalid) return { ...refused, userErrors: [invalid] };
    const outcome = await context.ledger.submit({
      kind: 'reverse',
      id: newId(),
      actor: context.actor,
      audit: context.attribution,
      consumptionId: rowIdOrNone('DayPassConsumption', input.consumptionId),
      reason: input.reason,
    });
    if (outcome.status === 'refused') return { ...refused, userErrors: [outcome] };
    const { consumption, wallet } = outcome.result;
    return { consumption: toConsumption(consumption), walletId: wallet.id, userErrors: [] };
  }

  @FieldResolver(() => WalletType, {
    nullable: true,
    description: 'The wallet after it; null where it was refused.',
  })
  wallet(
    @Root() { walletId }: ReverseDayPassConsumptionPayload,
    @Ctx() context: RequestContext,
  ): Promise<WalletType | null> {
    return findWallet(context, walletId);
  }
}
