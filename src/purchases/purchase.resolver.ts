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
import { PaymentMethodEnum, type PaymentMethodKind } from '../accounts/billing.type';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import type { NodeLoader, RequestContext } from '../api/context';
import { refuseNames, refuseTexts } from '../api/input.rules';
import { DecimalScalar } from '../api/money.type';
import { rowIdOrNone } from '../api/node';
import { UserError, userErrorsOf } from '../api/user-error';
import { walletOfPayload } from '../wallets/wallet-of-payload';
import { findWallet } from '../wallets/find-wallet';
import { WalletType } from '../wallets/wallet.type';
import { purchaseDayPasses } from './purchase-day-passes';
import { purchasesById, purchasesByOrder } from './purchase.queries';
import { PurchaseType, requirePurchases, toPurchase } from './purchase.type';

@InputType({ description: 'The purchase, and the expected total.' })
class PurchaseDayPassesInput {
  @Field(() => ID, {
    nullable: true,
    description: "The id of the wallet to credit. Default: the account's own wallet.",
  })
  walletId?: string | null;

  @Field(() => Int, { description: 'The number of passes, 1 to 1,000,000.' })
  quantity!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The total without tax that was shown to the buyer. If the total has changed, the purchase is refused with PRICE_CHANGED. If left out, any total is accepted.',
  })
  expectedTotal?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'The total with tax that was shown to the buyer, the gross of dayPassQuote. If it has changed, the purchase is refused with PRICE_CHANGED. If left out, any total is accepted.',
  })
  expectedGross?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The buyer's purchase order number: one line of visible text, 1 to 50 characters. It is on the order and its invoice. Without effect in an UNBILLED account.",
  })
  purchaseOrderNumber?: string | null;

  @Field(() => PaymentMethodEnum, {
    nullable: true,
    description:
      'How the passes are paid: one of billing.paymentMethods. Default: TERMS in a BILLED account, NONE in an UNBILLED one.',
  })
  paymentMethod?: PaymentMethodKind | null;

  @Field(() => String, {
    description:
      'A key of your choice, 1 to 200 characters. A repeated request with the same key gets the same answer and buys nothing. Keys are kept forever.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'The result of a purchase.' })
export class PurchaseDayPassesPayload {
  @Field(() => Boolean, {
    description: 'Whether an earlier request had already used the idempotency key.',
  })
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
      'CREDIT_LIMIT',
      'ACCOUNT_ON_HOLD',
      'PAYMENT_METHOD_MISSING',
    ),
  )
  userErrors!: UserError[];

  purchaseId!: string | null;
  orderId!: string | null;
  walletId!: string | null;
}

@Resolver(() => PurchaseDayPassesPayload)
export class PurchaseDayPassesResolver {
  @Mutation(() => PurchaseDayPassesPayload, {
    nullable: true,
    description:
      "Buys day passes at the list price of the account's plan, without tax, and credits the wallet at once. For account admins, with or without access to the agent portal, so that an empty wallet can always be filled; an API key needs the scope wallet:write. In a BILLED account with terms this places an order, and the passes come with the order or with its payment, as the terms say. Without terms the operator adds the passes, and this is refused with NOT_PERMITTED.",
  })
  async purchaseDayPasses(
    @Arg('input', () => PurchaseDayPassesInput, { description: 'The passes to buy.' })
    input: PurchaseDayPassesInput,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseDayPassesPayload> {
    await context.permissions.require('passes:purchase');
    const refused = { purchaseId: null, orderId: null, walletId: null, replayed: false };
    const invalid =
      refuseTexts({ idempotencyKey: [input.idempotencyKey, 200] }) ??
      refuseNames({ purchaseOrderNumber: [input.purchaseOrderNumber, 50] });
    if (invalid) return { ...refused, userErrors: [invalid] };
    const outcome = await purchaseDayPasses(context.account.ledger, {
      actor: context.caller.actor,
      audit: context.caller.attribution,
      walletId: rowIdOrNone('DayPassWallet', input.walletId),
      quantity: input.quantity,
      expectedTotal: input.expectedTotal ?? null,
      expectedGross: input.expectedGross ?? null,
      purchaseOrderNumber: input.purchaseOrderNumber ?? null,
      paymentMethod: input.paymentMethod ?? null,
      key: input.idempotencyKey,
    });
    if (outcome.status === 'refused') return { ...refused, userErrors: [outcome] };
    const { purchaseId, orderId = null, wallet } = outcome.result;
    return {
      purchaseId,
      orderId,
      walletId: wallet.id,
      replayed: outcome.status === 'replayed',
      userErrors: [],
    };
  }

  @FieldResolver(() => PurchaseType, {
    nullable: true,
    description:
      'The purchase. Null if the request was refused, and while an order waits for its payment.',
  })
  async purchase(
    @Root() { purchaseId, orderId }: PurchaseDayPassesPayload,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseType | null> {
    const row =
      orderId === null
        ? purchaseId && (await context.reads.loadExisting(purchasesById, purchaseId))
        : await context.reads.load(purchasesByOrder, orderId);
    return row ? toPurchase(row) : null;
  }
}

export const PurchaseDayPassesPayloadResolver = walletOfPayload(
  PurchaseDayPassesPayload,
  'The wallet after the purchase; null if the request was refused.',
);

@Resolver(() => PurchaseType)
export class PurchaseResolver {
  @FieldResolver(() => WalletType, { description: 'The wallet that was credited.' })
  async wallet(@Root() { row }: PurchaseType, @Ctx() context: RequestContext): Promise<WalletType> {
    return findWallet(context, row.walletId);
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description: 'The admin who bought the passes; null if it was not an agent.',
  })
  purchasedBy(
    @Root() { row }: PurchaseType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, row.purchasedBy);
  }
}

export const loadPurchaseNode: NodeLoader = async (context, rowId) => {
  await requirePurchases(context);
  const row = await context.reads.load(purchasesById, rowId);
  return row && toPurchase(row);
};
