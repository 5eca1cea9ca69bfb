import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { AgentType } from '../agents/agent.type';
import { findAgent } from '../agents/find-agent';
import type { Connection } from '../api/connection';
import type { NodeLoader, RequestContext } from '../api/context';
import { requireOneOf } from '../api/filter.rules';
import { rowIdOrNone } from '../api/node';
import { readPage } from '../api/read-page';
import { clientsById } from '../clients/client.queries';
import { ClientType, toClient } from '../clients/client.type';
import { TicketsArgs } from './ticket.args';
import { ticketList, ticketsByExternalId, ticketsById } from './ticket.queries';
import { TicketConnection, TicketType, toTicket } from './ticket.type';

@Resolver(() => TicketType)
export class TicketResolver {
  @Query(() => TicketConnection, {
    nullable: true,
    description:
      'The tickets of the account: the highest number first, unless orderBy is given. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:read.',
  })
  async tickets(
    @Args(() => TicketsArgs) { filter, orderBy, ...page }: TicketsArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<TicketType>> {
    await context.permissions.require('tickets:read');
    // Asked only if it matters: other lists are the same for all readers.
    const callerId = filter?.ofMyClients ? context.caller.viewer.agentId : null;
    const list = ticketList(
      context.account.scope,
      { filter: filter ?? {}, orderBy: orderBy ?? { field: 'NUMBER', direction: 'DESC' } },
      callerId,
    );
    return readPage(context.account.scope, list, page, toTicket);
  }

  @Query(() => TicketType, {
    nullable: true,
    description:
      'One ticket, by its id or by the id that the service desk gave it: give exactly one of them. Null if the account has no such ticket. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:read.',
  })
  async ticket(
    @Arg('id', () => ID, { nullable: true, description: "The ticket's id." })
    id: string | null,
    @Arg('externalId', () => String, {
      nullable: true,
      description: 'The id that the service desk gave the ticket.',
    })
    externalId: string | null,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    requireOneOf('id and externalId', id, externalId);
    if (id != null) return loadTicketNode(context, rowIdOrNone('Ticket', id));
    await context.permissions.require('tickets:read');
    const row = await context.reads.load(ticketsByExternalId, externalId!);
    return row && toTicket(row);
  }

  @FieldResolver(() => ClientType, {
    nullable: true,
    description: 'The client that the ticket belongs to; null if none.',
  })
  async client(
    @Root() { clientId }: TicketType,
    @Ctx() context: RequestContext,
  ): Promise<ClientType | null> {
    return clientId === null
      ? null
      : toClient(await context.reads.loadExisting(clientsById, clientId));
  }

  @FieldResolver(() => AgentType, {
    nullable: true,
    description:
      'The agent that the ticket is assigned to; null if none. Requires permission to read that agent.',
  })
  assignee(
    @Root() { assigneeId }: TicketType,
    @Ctx() context: RequestContext,
  ): Promise<AgentType | null> {
    return findAgent(context, assigneeId);
  }
}

export const loadTicketNode: NodeLoader = async (context, rowId) => {
  await context.permissions.require('tickets:read');
  const row = await context.reads.load(ticketsById, rowId);
  return row && toTicket(row);
};
