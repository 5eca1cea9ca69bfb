import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import type { RequestContext } from '../../api/context';
import { UserError, userErrorsOf } from '../../api/user-error';
import { DomainError } from '../../core/domain-error';
import { walletOfPayload } from '../../wallets/wallet-of-payload';
import { consumeDayPass, readOwnConfirmation } from './consume-day-pass';
import { ConsumptionType, toConsumption } from './consumption.type';
import { viewerOf } from '../gate/viewer.resolver';
import { ViewerType } from '../gate/viewer.type';

@InputType({ description: 'The confirmation that the agent accepted with Proceed.' })
class ConsumeDayPassInput {
  @Field(() => String, {
    description: 'DayPassConfirmation.token of the confirmation that was shown.',
  })
  confirmationToken!: string;
}

@ObjectType({
  description:
    'The result of using a day pass. A token that was already used gets the same consumption again, with replayed: true, and no second pass is consumed. So a double click, or a retry after a lost response, does no harm.',
})
class ConsumeDayPassPayload {
  @Field(() => ConsumptionType, {
    nullable: true,
    description: 'The pass that gives the agent access; null if the request was refused.',
  })
  consumption!: ConsumptionType | null;

  @Field(() => Boolean, { description: 'Whether an earlier request had already used the token.' })
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
      "Uses a day pass after the agent has chosen Proceed: one pass leaves the wallet, and the agent has access until 00:00 in the agent's own time zone. Only an agent's own sign-in or portal session may call it; other callers get FORBIDDEN.",
  })
  async consumeDayPass(
    @Arg('input', () => ConsumeDayPassInput, {
      description: 'The confirmation that the agent accepted.',
    })
    input: ConsumeDayPassInput,
    @Ctx() context: RequestContext,
  ): Promise<ConsumeDayPassPayload> {
    const { services } = context;
    const { ledger } = context.account;
    const { viewer } = context.caller;
    const { agentId, kind, sessionKeyId } = viewer;
    const { confirmation: key } = services.secrets;
    const confirmation = readOwnConfirmation(input.confirmationToken, viewer, key);
    services.calls.countConsume(viewer, { isGenuine: confirmation !== null });
    if (kind !== 'AGENT' || !agentId) {
      throw new DomainError(
        'FORBIDDEN',
        'Only an agent in person can agree to use a day pass. Sign in as the agent, or use a portal session.',
      );
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

  @FieldResolver(() => ViewerType, {
    description: "The viewer after this request, so that the client's cache can be updated.",
  })
  viewer(@Ctx() context: RequestContext): ViewerType {
    return viewerOf(context);
  }
}

export const ConsumeDayPassPayloadResolver = walletOfPayload(
  ConsumeDayPassPayload,
  'The wallet after the use of the pass; null if the request was refused.',
);
