import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { refuseInstant, refuseTexts } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { grantDayPasses } from './grant-day-passes';
import { walletOfPayload } from './wallet-of-payload';

@InputType({ description: 'The passes to add without a purchase.' })
class GrantDayPassesInput {
  @Field(() => ID, {
    nullable: true,
    description: "The id of the wallet. Default: the account's own wallet.",
  })
  walletId?: string | null;

  @Field(() => Int, { description: 'The number of passes, 1 to 1,000,000.' })
  quantity!: number;

  @Field(() => String, {
    description: 'The reason, 1 to 500 characters. It is kept in the journal.',
  })
  reason!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the unused passes of this grant expire. If left out, they do not expire.',
  })
  expiresAt?: number | null;

  @Field(() => String, {
    description:
      'A key of your choice, 1 to 200 characters. A repeated request with the same key gets the same answer and adds nothing. Keys are kept forever.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The result of granting passes.' })
class GrantDayPassesPayload {
  @Field(() => Boolean, {
    description: 'Whether an earlier request had already used the idempotency key.',
  })
  replayed!: boolean;

  @Field(
    () => [UserError],
    userErrorsOf(
      'NOT_FOUND',
      'VALIDATION_FAILED',
      'QUANTITY_OUT_OF_RANGE',
      'IDEMPOTENCY_KEY_REUSED',
      'NOT_PERMITTED',
    ),
  )
  userErrors!: UserError[];

  walletId!: string | null;
}

@Resolver(() => GrantDayPassesPayload)
export class GrantResolver {
  @Mutation(() => GrantDayPassesPayload, {
    nullable: true,
    description:
      'Adds passes to a wallet without a purchase. For account admins with access to the agent portal; an API key needs the scope wallet:write. In a BILLED account only the operator grants passes, and this is refused with NOT_PERMITTED.',
  })
  async grantDayPasses(
    @Arg('input', () => GrantDayPassesInput, { description: 'The passes to add, and the reason.' })
    input: GrantDayPassesInput,
    @Ctx() context: RequestContext,
  ): Promise<GrantDayPassesPayload> {
    await context.permissions.require('wallet:write');
    const invalid =
      refuseTexts({
        reason: [input.reason, 500],
        idempotencyKey: [input.idempotencyKey, 200],
      }) ?? refuseInstant('expiresAt', input.expiresAt);
    if (invalid) return { walletId: null, replayed: false, userErrors: [invalid] };

    const outcome = await grantDayPasses(context.account.ledger, {
      actor: context.caller.actor,
      audit: context.caller.attribution,
      walletId: rowIdOrNone('DayPassWallet', input.walletId),
      quantity: input.quantity,
      reason: input.reason,
      expiresAtMs: input.expiresAt ?? null,
      key: input.idempotencyKey,
    });
    if (outcome.status === 'refused') {
      return { walletId: null, replayed: false, userErrors: [outcome] };
    }
    const { wallet } = outcome.result;
    return { walletId: wallet.id, replayed: outcome.status === 'replayed', userErrors: [] };
  }
}

export const GrantDayPassesPayloadResolver = walletOfPayload(
  GrantDayPassesPayload,
  'The wallet after the grant; null if the request was refused.',
);
