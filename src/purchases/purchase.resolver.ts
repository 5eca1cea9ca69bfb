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
import { agentsById } from '../agents/agent.queries';
import { AgentType, toAgent } from '../agents/agent.type';
import type { NodeLoader, RequestContext } from '../api/context';
import { refuseTexts } from '../api/input.rules';
import { DecimalScalar } from '../api/money.type';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { findWallet } from '../wallets/find-wallet';
import { walletsById } from '../wallets/wallet.queries';
import { toWallet, WalletType } from '../wallets/wallet.type';
import { purchaseDayPasses } from './purchase-day-passes';
import { purchasesById } from './purchase.queries';
import { PurchaseType, requirePurchases, toPurchase } from './purchase.type';

@InputType({ description: 'What to buy, and for how much at the most.' })
class PurchaseDayPassesInput {
  @Field(() => ID, { nullable: true, description: "Left out: the account's own wallet." })
  walletId?: string | null;

  @Field(() => Int, { description: 'How many passes, 1 to 1,000,000.' })
  quantity!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The net total that was shown; another one now is refused with PRICE_CHANGED. Left out: whatever it is.',
  })
  expectedTotal?: string | null;

  @Field(() => String, {
    description:
      '1 to 200 characters of your own, kept for ever: the same key again answers the same and buys nothing.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What came of a purchase.' })
class PurchaseDayPassesPayload {
  @Field(() => Boolean, { description: 'Whether another request had used the key before.' })
  replayed!: boolean;

  @Field(
    () => [UserError],
    userErrorsOf(
      'NOT_FOUND',
      'QUANTITY_OUT_OF_RANGE',
      'PRICE_CHANGED',
      'VALIDATION_FAILED',
      'IDEMPOTENCY_KEY_REUSED',
      'NOT_PERMITTED',
    ),
  )
  userErrors!: UserError[];

  bought!: { purchaseId: string; walletId: string } | null;
}

@Resolver(() => PurchaseDayPassesPayload)
export class PurchaseDayPassesResolver {
  @Mutation(() => PurchaseDayPassesPayload, {
    nullable: true,
    description:
      "Buys passes at the list price of the account's plan, without tax, and credits the wallet at once. For account admins, in or not: an empty wallet can always be filled. In a BILLED account the operator sells passes, and this is refused with NOT_PERMITTED.",
  })
  async purchaseDayPasses(
    @Arg('input', () => PurchaseDayPassesInput, { description: 'What to buy.' })
    input: PurchaseDayPassesInput,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseDayPassesPayload> {
    await context.require('passes:purchase');
    const refused = { bought: null, replayed: false };
    const invalid = refuseTexts({ idempotencyKey: [input.idempotencyKey, 200] });
    if (invalid) return { ...refused, userErrors: [invalid] };
    const outcome = await purchaseDayPasses(context.ledger, {
      actor: context.actor,
      audit: context.attribution,
      walletId: rowIdOrNone('DayPassWallet', input.walletId),
      quantity: input.quantity,
      expectedTotal: input.expectedTotal ?? null,
      key: input.idempotencyKey,
    });
    if (outcome.status === 'refused') return { ...refused, userErrors: [outcome] };
    const { purchaseId, wallet } = outcome.result;
    return {
      bought: { purchaseId, walletId: wallet.id },
      replayed: outcome.status === 'replayed',
      userErrors: [],
    };
  }

  @FieldResolver(() => PurchaseType, {
    nullable: true,
    description: 'What was bought; null where it was refused.',
  })
  async purchase(
    @Root() { bought }: PurchaseDayPassesPayload,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseType | null> {
    return bought && toPurchase(await context.loadExisting(purchasesById, bought.purchaseId));
  }

  @FieldResolver(() => WalletType, {
    nullable: true,
    description: 'The wallet after it; null where it was refused.',
  })
  wallet(
    @Root() { bought }: PurchaseDayPassesPayload,
    @Ctx() context: RequestContext,
  ): Promise<WalletType | null> {
    return findWallet(context, bought?.walletId ?? null);
  }
}

@Resolver(() => PurchaseType)
export class PurchaseResolver {
  @FieldResolver(() => WalletType, { description: 'The wallet that they came into.' })
  async wallet(@Root() { row }: PurchaseType, @Ctx() context: RequestContext): Promise<WalletType> {
    return toWallet(await context.loadExisting(walletsById, row.walletId));
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The admin who bought them; null for the service itself.',
  })
  async purchasedBy(
    @Root() { row }: PurchaseType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    if (row.purchasedBy === null) return null;
    return toAgent(await context.loadExisting(agentsById, row.purchasedBy));
  }
}

export const loadPurchaseNode: NodeLoader = async (context, rowId) => {
  await requirePurchases(context);
  const row = await context.load(purchasesById, rowId);
  return row && toPurchase(row);
};
