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
import { refuseInstant, refuseTexts } from '../api/input.rules';
import { rowIdOrNone } from '../api/node';
import { DateTimeScalar } from '../api/scalars';
import { UserError, userErrorsOf } from '../api/user-error';
import { grantDayPasses } from './grant-day-passes';
import { findWallet } from './find-wallet';
import { WalletType } from './wallet.type';

@InputType({ description: 'Passes that come in without a purchase.' })
class GrantDayPassesInput {
  @Field(() => ID, { nullable: true, description: "Left out: the account's own wallet." })
  walletId?: string | null;

  @Field(() => Int, { description: 'How many passes, 1 to 1,000,000.' })
  quantity!: number;

  @Field(() => String, { description: 'Why, 1 to 500 characters; it is kept in the journal.' })
  reason!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When those that are left leave the wallet; left out: never.',
  })
  expiresAt?: number | null;

  @Field(() => String, {
    description:
      '1 to 200 characters of your own, kept for ever: the same key again answers the same and adds nothing.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What came of a grant.' })
class GrantDayPassesPayload {
  @Field(() => Boolean, { description: 'Whether another request had used the key before.' })
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
    description: 'Adds passes without a purchase. For account admins who are in.',
  })
  async grantDayPasses(
    @Arg('input', () => GrantDayPassesInput, { description: 'What to add, and why.' })
    input: GrantDayPassesInput,
    @Ctx() context: RequestContext,
  ): Promise<GrantDayPassesPayload> {
    await context.require('wallet:write');
    const invalid =
      refuseTexts({
        reason: [input.reason, 500],
        idempotencyKey: [input.idempotencyKey, 200],
      }) ?? refuseInstant('expiresAt', input.expiresAt);
    if (invalid) return { walletId: null, replayed: false, userErrors: [invalid] };

    const outcome = await grantDayPasses(context.ledger, {
      actor: context.actor,
      audit: context.attribution,
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

  @FieldResolver(() => WalletType, {
    nullable: true,
    description: 'The wallet after it; null where it was refused.',
  })
  wallet(
    @Root() { walletId }: GrantDayPassesPayload,
    @Ctx() context: RequestContext,
  ): Promise<WalletType | null> {
    return findWallet(context, walletId);
  }
}
