import type { NonEmptyArray } from 'type-graphql';
import { AccountResolver, loadAccountNode } from '../../accounts/account.resolver';
import { ChangeIdentityProviderResolver } from '../../accounts/change-identity-provider.resolver';
import {
  IdentityProviderResolver,
  loadIdentityProviderNode,
} from '../../accounts/identity-provider.resolver';
import { AccountZoneResolver, ZoneResolver } from '../../accounts/zone.resolver';
import { UpdateAccountResolver } from '../../accounts/update-account.resolver';
import { AdvanceTestClockResolver } from '../../accounts/advance-test-clock.resolver';
import { AgentZoneResolver } from '../../agents/agent-zone.resolver';
import { AgentResolver, loadAgentNode } from '../../agents/agent.resolver';
import {
  ChangeAgentResolver,
  ConvertAgentPayloadResolver,
  DeactivateAgentPayloadResolver,
  ReactivateAgentPayloadResolver,
  UpdateAgentPayloadResolver,
} from '../../agents/change-agent.resolver';
import { InviteAgentResolver } from '../../agents/invite-agent.resolver';
import { sendAddressChanged } from '../../agents/send-address-changed';
import { sendInvitation } from '../../agents/send-invitation';
import type { NodeLoaders } from '../../api/context';
import { NodeResolver } from '../../api/node.resolver';
import type { Follower } from '../../followers/follower';
import {
  ApiKeyResolver,
  CreateApiKeyPayloadResolver,
  loadApiKeyNode,
  RevokeApiKeyPayloadResolver,
} from '../../keys/api-key.resolver';
import { PortalSessionResolver } from '../../keys/portal-session.resolver';
import { AuditResolver, loadAuditEventNode } from '../../audit/audit.resolver';
import { ClientResolver, loadClientNode } from '../../clients/client.resolver';
import { UpsertClientsResolver } from '../../clients/upsert-clients.resolver';
import {
  AgentConversionsResolver,
  ConversionResolver,
} from '../../passes/usage/agent-conversions.resolver';
import { AgentPassesResolver } from '../../passes/consumptions/agent-passes.resolver';
import { ConsumeResolver } from '../../passes/consumptions/consume.resolver';
import { ConvertedAgentResolver } from '../../passes/usage/convert-agent.resolver';
import {
  ConsentResolver,
  ConsumptionLocalTimesResolver,
  ConsumptionResolver,
  loadConsumptionNode,
} from '../../passes/consumptions/consumption.resolver';
import {
  ConsumedResolver,
  EventResolver,
  ExpiredResolver,
  GrantedResolver,
  PurchasedResolver,
  ReversedResolver,
} from '../../passes/events/event.resolver';
import { EventsResolver, loadEventNode } from '../../passes/events/events.resolver';
import { eventTypes } from '../../passes/events/event.type';
import { PassSubscriptions } from '../../passes/events/passes.subscriptions';
import {
  DayPassRequiredResolver,
  PortalAccessGrantedResolver,
} from '../../passes/gate/portal-access.resolver';
import { UsageResolver } from '../../passes/usage/usage.resolver';
import {
  loadTicketReferenceNode,
  ViewerTicketsResolver,
} from '../../passes/gate/viewer-tickets.resolver';
import { ViewerResolver } from '../../passes/gate/viewer.resolver';
import { PriceResolver } from '../../purchases/price.resolver';
import { ReverseConsumptionResolver } from '../../passes/consumptions/reverse-consumption.resolver';
import {
  loadPurchaseNode,
  PurchaseDayPassesResolver,
  PurchaseResolver,
} from '../../purchases/purchase.resolver';
import { PurchasesResolver } from '../../purchases/purchases.resolver';
import { ReplyToTicketResolver } from '../../tickets/reply-to-ticket.resolver';
import {
  loadTicketReplyNode,
  TicketRepliesResolver,
  TicketReplyResolver,
} from '../../tickets/ticket-reply.resolver';
import { loadTicketNode, TicketResolver } from '../../tickets/ticket.resolver';
import { TicketSubscriptions } from '../../tickets/ticket.subscriptions';
import { UpdateTicketResolver } from '../../tickets/update-ticket.resolver';
import { UpsertTicketsResolver } from '../../tickets/upsert-tickets.resolver';
import { UpdateWalletResolver } from '../../wallets/update-wallet.resolver';
import { GrantResolver } from '../../wallets/grant.resolver';
import { loadWalletNode, WalletResolver } from '../../wallets/wallet.resolver';
import type { Tasks } from '../jobs';

/** Every resolver of every feature, in one list. */
export const resolvers: NonEmptyArray<new () => object> = [
  NodeResolver,
  AccountResolver,
  ZoneResolver,
  AccountZoneResolver,
  AdvanceTestClockResolver,
  UpdateAccountResolver,
  IdentityProviderResolver,
  ChangeIdentityProviderResolver,
  AgentResolver,
  AgentZoneResolver,
  ChangeAgentResolver,
  UpdateAgentPayloadResolver,
  ConvertAgentPayloadResolver,
  DeactivateAgentPayloadResolver,
  ReactivateAgentPayloadResolver,
  ApiKeyResolver,
  CreateApiKeyPayloadResolver,
  RevokeApiKeyPayloadResolver,
  PortalSessionResolver,
  InviteAgentResolver,
  ClientResolver,
  UpsertClientsResolver,
  TicketResolver,
  UpsertTicketsResolver,
  UpdateTicketResolver,
  TicketRepliesResolver,
  TicketReplyResolver,
  ReplyToTicketResolver,
  WalletResolver,
  GrantResolver,
  UpdateWalletResolver,
  PurchaseDayPassesResolver,
  PurchaseResolver,
  PurchasesResolver,
  ReverseConsumptionResolver,
  PriceResolver,
  ViewerResolver,
  ViewerTicketsResolver,
  AgentConversionsResolver,
  ConversionResolver,
  AgentPassesResolver,
  PortalAccessGrantedResolver,
  DayPassRequiredResolver,
  ConsumptionResolver,
  ConsumptionLocalTimesResolver,
  ConsentResolver,
  UsageResolver,
  ConsumeResolver,
  EventResolver,
  GrantedResolver,
  PurchasedResolver,
  ReversedResolver,
  ConsumedResolver,
  ExpiredResolver,
  EventsResolver,
  ConvertedAgentResolver,
  PassSubscriptions,
  TicketSubscriptions,
  AuditResolver,
];

/** Types that no field names: kinds of an interface. */
export const orphanedTypes = [...eventTypes];

/** How `node` finds what an id names, by the type in the id. */
export const nodeLoaders: NodeLoaders = new Map([
  ['Account', loadAccountNode],
  ['Agent', loadAgentNode],
  ['ApiKey', loadApiKeyNode],
  ['IdentityProvider', loadIdentityProviderNode],
  ['Client', loadClientNode],
  ['Ticket', loadTicketNode],
  ['TicketReply', loadTicketReplyNode],
  ['TicketReference', loadTicketReferenceNode],
  ['DayPassEvent', loadEventNode],
  ['DayPassPurchase', loadPurchaseNode],
  ['DayPassWallet', loadWalletNode],
  ['DayPassConsumption', loadConsumptionNode],
  ['AuditEvent', loadAuditEventNode],
]);

/** Work that is done for entries of the journals after their commit. */
export const followers: readonly Follower[] = [];

/** What is done after the transactions that ask for it, by the names that these give. */
export function jobTasks({ mailer, ...on }: TaskServices): Tasks {
  // A process without a way for mails leaves them to those that have one.
  if (!mailer) return {};
  return {
    'send-invitation': (payload: Parameters<typeof sendInvitation>[1]) =>
      sendInvitation({ ...on, mailer }, payload),
    'send-address-changed': (payload: Parameters<typeof sendAddressChanged>[1]) =>
      sendAddressChanged({ ...on, mailer }, payload),
  };
}

type Sending = Parameters<typeof sendInvitation>[0];
type TaskServices = Omit<Sending, 'mailer'> & { mailer: Sending['mailer'] | null };
