import type { NonEmptyArray } from 'type-graphql';
import { accountsFeature } from '../accounts/accounts.feature';
import { agentsFeature } from '../agents/agents.feature';
import type { NodeLoaders } from '../api/context';
import type { Feature } from '../api/feature';
import { NodeResolver } from '../api/node.resolver';
import { auditFeature } from '../audit/audit.feature';
import { clientsFeature } from '../clients/clients.feature';
import { invoicesFeature } from '../invoices/invoices.feature';
import { keysFeature } from '../keys/keys.feature';
import { ordersFeature } from '../orders/orders.feature';
import { passesFeature } from '../passes/passes.feature';
import { purchasesFeature } from '../purchases/purchases.feature';
import { ticketsFeature } from '../tickets/tickets.feature';
import { walletsFeature } from '../wallets/wallets.feature';
import { noticesFeature } from '../notices/notices.feature';
import { webhooksFeature } from '../webhooks/webhooks.feature';

/** Every feature of the service. */
export const features: readonly Feature[] = [
  accountsFeature,
  agentsFeature,
  keysFeature,
  clientsFeature,
  ticketsFeature,
  walletsFeature,
  purchasesFeature,
  invoicesFeature,
  ordersFeature,
  passesFeature,
  auditFeature,
  webhooksFeature,
  noticesFeature,
];

export const resolvers: NonEmptyArray<new () => object> = [
  NodeResolver,
  ...features.flatMap((feature) => feature.resolvers),
];

/** Object types that no field names. */
export const orphanedTypes = features.flatMap(({ types }) => types ?? []);

export const nodeLoaders: NodeLoaders = new Map(
  features.flatMap(({ nodes }) => Object.entries(nodes)),
);

export const followers = features.flatMap((feature) => feature.followers);
