import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import { connectionTypeOf, PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import { readPage } from '../api/read-page';
import { DateScalar, DateTimeScalar } from '../api/scalars';
import { InvoiceType, toInvoice } from '../invoices/invoice.type';
import type { OrderStatus, PaymentState } from '../ledger/model/order.rules';
import { purchasesByOrder } from '../purchases/purchase.queries';
import { PurchaseType, toPurchase } from '../purchases/purchase.type';
import { findWallet } from '../wallets/find-wallet';
import { WalletType } from '../wallets/wallet.type';
import {
  documentsByOrder,
  lotsByOrder,
  orderList,
  ordersById,
  paymentsByOrder,
} from './order.queries';
import {
  OrderSourceEnum,
  OrderStatusEnum,
  OrderType,
  PaymentStateEnum,
  PaymentType,
  requireOrders,
  toOrder,
  toPayment,
  type OrderSource,
} from './order.type';

const OrderConnection = connectionTypeOf(
  'DayPassOrder',
  () => OrderType,
  'A page of a list of orders, newest first.',
);

@InputType({ description: 'Which orders to list. All given values must match.' })
class DayPassOrderFilter {
  @Field(() => ID, { nullable: true, description: 'Only orders for this wallet, by its id.' })
  walletId?: string | null;

  @Field(() => OrderStatusEnum, { nullable: true, description: 'Only orders with this status.' })
  status?: OrderStatus | null;

  @Field(() => PaymentStateEnum, {
    nullable: true,
    description: 'Only orders with this state of their payment.',
  })
  payment?: PaymentState | null;

  @Field(() => OrderSourceEnum, {
    nullable: true,
    description: 'Only orders that this placed.',
  })
  source?: OrderSource | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only orders that were placed at this instant or later.',
  })
  from?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Only orders that were placed before this instant.',
  })
  to?: number | null;
}

@ArgsType()
class OrdersArgs extends PageArgs {
  @Field(() => DayPassOrderFilter, {
    nullable: true,
    description: 'Which orders to list. Default: all of the account.',
  })
  filter?: DayPassOrderFilter | null;
}

@Resolver(() => OrderType)
export class OrdersResolver {
  @Query(() => OrderConnection, {
    nullable: true,
    description:
      'The orders of the account, newest first. For account admins, with or without access to the agent portal; an API key needs the scope billing:read or wallet:write.',
  })
  async dayPassOrders(
    @Args(() => OrdersArgs) { filter, ...page }: OrdersArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<OrderType>> {
    await requireOrders(context);
    const walletId = rowIdOrNone('DayPassWallet', filter?.walletId);
    const list = orderList(context.account.scope, { ...filter, walletId });
    return readPage(context.account.scope, list, page, toOrder);
  }

  @FieldResolver(() => WalletType, { description: 'The wallet that is credited.' })
  async wallet(@Root() { row }: OrderType, @Ctx() context: RequestContext): Promise<WalletType> {
    return findWallet(context, row.walletId);
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The admin who placed the order; null if it was not an agent. `actor` also names an API key.',
  })
  placedBy(@Root() { row }: OrderType, @Ctx() context: RequestContext): Promise<AgentType | null> {
    return findAgent(context, row.placedBy);
  }

  @FieldResolver(() => Int, {
    description:
      'How many of its passes were used. Passes that settled emergency passes count as used.',
  })
  async passesUsed(@Root() { row }: OrderType, @Ctx() context: RequestContext): Promise<number> {
    const lot = await context.reads.load(lotsByOrder, row.id);
    return lot ? lot.quantity - lot.remaining : 0;
  }

  @FieldResolver(() => Int, { description: 'How many of its passes are still in the wallet.' })
  async passesLeft(@Root() { row }: OrderType, @Ctx() context: RequestContext): Promise<number> {
    return (await context.reads.load(lotsByOrder, row.id))?.remaining ?? 0;
  }

  @FieldResolver(() => PurchaseType, {
    nullable: true,
    description: 'The purchase that credited the passes; null if they have not come.',
  })
  async purchase(
    @Root() { row }: OrderType,
    @Ctx() context: RequestContext,
  ): Promise<PurchaseType | null> {
    const purchase = await context.reads.load(purchasesByOrder, row.id);
    return purchase && toPurchase(purchase);
  }

  @FieldResolver(() => [PaymentType], {
    description: 'The payments that were recorded for the order, the first one first.',
  })
  async payments(
    @Root() { row }: OrderType,
    @Ctx() context: RequestContext,
  ): Promise<PaymentType[]> {
    const payments = await context.reads.loadExisting(paymentsByOrder, row.id);
    return payments.map((one) => toPayment(one, row.unitPrice.currency));
  }

  @FieldResolver(() => [InvoiceType], {
    nullable: true,
    description:
      'The invoice, if it was issued, and its credit notes. Null for callers without the permission billing:read.',
  })
  async invoices(
    @Root() { row }: OrderType,
    @Ctx() context: RequestContext,
  ): Promise<InvoiceType[] | null> {
    if (!(await context.permissions.has('billing:read'))) return null;
    return (await context.reads.loadExisting(documentsByOrder, row.id)).map(toInvoice);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The last day for the payment of its invoice; null if there is no invoice yet.',
  })
  async dueOn(@Root() { row }: OrderType, @Ctx() context: RequestContext): Promise<string | null> {
    const documents = await context.reads.loadExisting(documentsByOrder, row.id);
    return documents.find(({ kind }) => kind === 'INVOICE')?.dueOn ?? null;
  }
}

export const loadOrderNode: NodeLoader = async (context, rowId) => {
  await requireOrders(context);
  const row = await context.reads.load(ordersById, rowId);
  return row && toOrder(row);
};
