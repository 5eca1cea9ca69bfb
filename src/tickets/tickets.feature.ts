import type { Feature } from '../api/feature';
import { ReplyToTicketResolver } from './reply-to-ticket.resolver';
import {
  loadTicketReplyNode,
  TicketRepliesResolver,
  TicketReplyResolver,
} from './ticket-reply.resolver';
import { loadTicketNode, TicketResolver } from './ticket.resolver';
import { TicketSubscriptions } from './ticket.subscriptions';
import { UpdateTicketResolver } from './update-ticket.resolver';
import { UpsertTicketsResolver } from './upsert-tickets.resolver';

/** Tickets and their replies. */
export const ticketsFeature: Feature = {
  resolvers: [
    TicketResolver,
    UpsertTicketsResolver,
    UpdateTicketResolver,
    TicketRepliesResolver,
    TicketReplyResolver,
    ReplyToTicketResolver,
    TicketSubscriptions,
  ],
  nodes: { Ticket: loadTicketNode, TicketReply: loadTicketReplyNode },
  tasks: {},
  followers: [],
};
