import type { Feature } from '../api/feature';
import { AgentPassesResolver } from './consumptions/agent-passes.resolver';
import { ConsumptionSumsResolver } from './consumptions/consumption-sums.resolver';
import { ConsumeDayPassPayloadResolver, ConsumeResolver } from './consumptions/consume.resolver';
import {
  ConsentResolver,
  ConsumptionLocalTimesResolver,
  ConsumptionResolver,
  loadConsumptionNode,
} from './consumptions/consumption.resolver';
import {
  ReverseConsumptionResolver,
  ReverseDayPassConsumptionPayloadResolver,
} from './consumptions/reverse-consumption.resolver';
import { eventKindResolvers, eventTypes } from './events/event-kinds';
import { EventResolver } from './events/event.resolver';
import { ActorOfOrderResolver } from './events/actor-of-order';
import { EventsResolver, loadEventNode } from './events/events.resolver';
import { ReversalResolver } from './events/reversal.resolver';
import { PassSubscriptions } from './events/passes.subscriptions';
import {
  DayPassRequiredResolver,
  PortalAccessGrantedResolver,
} from './gate/portal-access.resolver';
import { loadTicketReferenceNode, ViewerTicketsResolver } from './gate/viewer-tickets.resolver';
import { ViewerResolver } from './gate/viewer.resolver';
import { AdviceResolver } from './usage/advice.resolver';
import { AgentConversionsResolver, ConversionResolver } from './usage/agent-conversions.resolver';
import { ConvertedAgentResolver } from './usage/convert-agent.resolver';
import { ForecastResolver } from './usage/forecast.resolver';
import { RecentPassesResolver } from './usage/recent-passes.resolver';
import { UsageResolver } from './usage/usage.resolver';

/** Day passes: the gate, their use, and the journal that records it. */
export const passesFeature: Feature = {
  resolvers: [
    ReverseConsumptionResolver,
    ReverseDayPassConsumptionPayloadResolver,
    ViewerResolver,
    ViewerTicketsResolver,
    AgentConversionsResolver,
    ConversionResolver,
    AgentPassesResolver,
    PortalAccessGrantedResolver,
    DayPassRequiredResolver,
    ConsumptionResolver,
    ConsumptionLocalTimesResolver,
    ConsumptionSumsResolver,
    ReversalResolver,
    ConsentResolver,
    UsageResolver,
    RecentPassesResolver,
    AdviceResolver,
    ForecastResolver,
    ConsumeResolver,
    ConsumeDayPassPayloadResolver,
    EventResolver,
    ActorOfOrderResolver,
    ...eventKindResolvers,
    EventsResolver,
    ConvertedAgentResolver,
    PassSubscriptions,
  ],
  types: eventTypes,
  nodes: {
    TicketReference: loadTicketReferenceNode,
    DayPassEvent: loadEventNode,
    DayPassConsumption: loadConsumptionNode,
  },
  tasks: {},
  followers: [],
};
