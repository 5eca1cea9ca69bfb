import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import type { RequestContext } from '../api/context';
import { UserError, userErrorsOf } from '../api/user-error';
import { DomainError } from '../core/domain-error';
import { findWallet } from '../wallets/find-wallet';
import { WalletType } from '../wallets/wallet.type';
import { consumeDayPass, readOwnConfirmation } from './consume-day-pass';
import { ConsumptionType, toConsumption } from './consumption.type';
import { viewerOf } from './viewer.resolver';
import { ViewerType } from './viewer.type';

@InputType({ description: 'What Proceed hands back.' })
class ConsumeDayPassInput {
  @Field(() => String, { description: 'The token of the confirmation that was shown.' })
  confirmationToken!: string;
}

@ObjectType({
  description:
    'A token that was already spent answers with the same consumption and replayed: true, and takes no second pass: a double click, a retry after a lost answer and a replay are the same harmless thing.',
})
class ConsumeDayPassPayload {
  @Field(() => ConsumptionType, {
    nullable: true,
    description: 'The pass that lets the agent in; null where it was refused.',
  })
  consumption!: ConsumptionType | null;

  @Field(() => Boolean, { description: 'Whether another request had spent the token before.' })
  replayed!: boolean;

  @Field(
    () => [UserError],
    userErrorsOf(
      'CONFIRMATION_INVALID',
      'CONFIRMATION_EXPIRED',
      'CONFIRMATION_STALE',
      'AGENT_NOT_ACTIVE',
      'PASS_NOT_NEEDED',
      'SECTION_NOT_PERMITTED',
      'PASS_ALREADY_ACTIVE',
      'SESSION_NOT_PERMITTED',
      'WALLET_FROZEN',
      'WALLET_EMPTY',
      'ACCOUNT_CLOSED',
    ),
  )
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => ConsumeDayPassPayload)
export class ConsumeResolver {
  @Mutation(() => ConsumeDayPassPayload, {
    nullable: true,
    description:
      'Proceed: one day pass leaves the wallet, and the agent is in until 00:00 of the own time zone. For a sign-in or a portal session of the agent; a key and whoever else asks get FORBIDDEN.',
  })
  async consumeDayPass(
    @Arg('input', () => ConsumeDayPassInput, { description: 'What was confirmed.' })
    input: ConsumeDayPassInput,
    @Ctx() context: RequestContext,
  ): Promise<ConsumeDayPassPayload> {
    const { ledger, services, viewer } = context;
    const { agentId, kind, sessionKeyId } = viewer;
    const { confirmation: key } = services.secrets;
    const confirmation = readOwnConfirmation(input.confirmationToken, viewer, key);
    services.calls.countConsume(viewer, { isGenuine: confirmation !== null });
    if (kind !== 'AGENT' || !agentId) {
      throw new DomainError('FORBIDDEN', 'Only an agent in person can agree to use a day pass.');
    }
    const outcome = await consumeDayPass(ledger, { sessionKeyId }, confirmation);
    if (outcome.status === 'refused') {
      return { consumption: null, walletId: null, replayed: false, userErrors: [outcome] };
    }
    const { consumption, wallet } = outcome.result;
    return {
      consumption: toConsumption(consumption),
      walletId: wallet.id,
      replayed: outcome.status === 'replayed',
      userErrors: [],
    };
  }

  @FieldResolver(() => WalletType, {
    nullable: true,
    description: 'The wallet after it; null where it was refused.',
  })
  wallet(
    @Root() { walletId }: ConsumeDayPassPayload,
    @Ctx() context: RequestContext,
  ): Promise<WalletType | null> {
    return findWallet(context, walletId);
  }

  @FieldResolver(() => ViewerType, { description: "The gate after this, for the client's cache." })
  viewer(@Ctx() context: RequestContext): ViewerType {
    return viewerOf(context);
  }
}
