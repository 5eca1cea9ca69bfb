import type { Feature } from '../api/feature';
import { CancelOrderResolver } from './cancel-order.resolver';
import { OrderOfInvoiceResolver, OrderOfPurchaseResolver } from './order-of.resolver';
import { OrderSubscriptions } from './order.subscriptions';
import { loadOrderNode, OrdersResolver } from './orders.resolver';

/** Orders of passes on terms, and what is paid for them. */
export const ordersFeature: Feature = {
  resolvers: [
    OrdersResolver,
    OrderOfInvoiceResolver,
    OrderOfPurchaseResolver,
    CancelOrderResolver,
    OrderSubscriptions,
  ],
  nodes: { DayPassOrder: loadOrderNode },
  tasks: {},
  followers: [],
};
