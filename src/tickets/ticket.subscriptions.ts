import { Arg, ID, Resolver, Root, Subscription, type SubscribeResolverData } from 'type-graphql';
import type { RequestContext } from '../api/context';
import { rowIdOrNone } from '../api/node';
import type { TicketRow } from '../db/tables/ticket';
import { ticketStream } from './ticket.streams';
import { TicketType, toTicket } from './ticket.type';

@Resolver()
export class TicketSubscriptions {
  @Subscription(() => TicketType, {
    description:
      'One ticket, for a page that shows it: first its present state, then each newer state. The stream ends when the caller loses the permission or the access to read the ticket. For agents with the section TICKETS and access to the agent portal; an API key needs the scope tickets:read.',
    subscribe: ({
      args,
      context,
    }: SubscribeResolverData<unknown, { id: string }, RequestContext>) =>
      ticketStream(context, rowIdOrNone('Ticket', args.id)),
  })
  ticketChanged(
    @Root() row: TicketRow,
    @Arg('id', () => ID, { description: "The ticket's id." }) _id: string,
  ): TicketType {
    return toTicket(row);
  }
}
