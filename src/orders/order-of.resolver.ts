import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { InvoiceType } from '../invoices/invoice.type';
import { PurchaseDayPassesPayload } from '../purchases/purchase.resolver';
import { ordersById } from './order.queries';
import { OrderType, toOrder } from './order.type';

/** The order that an invoice is about. */
@Resolver(() => InvoiceType)
export class OrderOfInvoiceResolver {
  @FieldResolver(() => OrderType, {
    nullable: true,
    description: 'The order that was invoiced. It has what is paid and what is open.',
  })
  async order(
    @Root() { row }: InvoiceType,
    @Ctx() context: RequestContext,
  ): Promise<OrderType | null> {
    const order = await context.reads.load(ordersById, row.orderId);
    return order && toOrder(order);
  }
}

/** The order that a purchase placed. */
@Resolver(() => PurchaseDayPassesPayload)
export class OrderOfPurchaseResolver {
  @FieldResolver(() => OrderType, {
    nullable: true,
    description:
      'The order of a BILLED account; null in an UNBILLED account, and if the request was refused.',
  })
  async order(
    @Root() { orderId }: PurchaseDayPassesPayload,
    @Ctx() context: RequestContext,
  ): Promise<OrderType | null> {
    return orderId === null ? null : toOrder(await context.reads.loadExisting(ordersById, orderId));
  }
}
