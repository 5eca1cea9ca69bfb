import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import { PageArgs, type Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { readTicketReplies } from './ticket-reply.pages';
import { ticketRepliesById } from './ticket-reply.queries';
import { TicketReplyConnection, TicketReplyType, toTicketReply } from './ticket-reply.type';
import { TicketType } from './ticket.type';

/** What is written on a ticket. The ticket itself was guarded before. */
@Resolver(() => TicketType)
export class TicketRepliesResolver {
  @FieldResolver(() => TicketReplyConnection, {
    nullable: true,
    description:
      'The replies on the ticket, oldest first; use `last` for the newest. A new reply changes updatedAt, so ticketChanged reports it.',
  })
  replies(
    @Root() { rowId }: TicketType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<TicketReplyType>> {
    return readTicketReplies(context, rowId, page);
  }
}

@Resolver(() => TicketReplyType)
export class TicketReplyResolver {
  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The agent who wrote the reply, in person or with an API key; null for a service key. Requires permission to read that agent.',
  })
  author(
    @Root() { agentId }: TicketReplyType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, agentId);
  }
}

export const loadTicketReplyNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('tickets:read');
  const row = await context.reads.load(ticketRepliesById, rowId);
  return row && toTicketReply(row);
};
