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
      'One ticket while it is open on the screen: its present state at once, then each newer one. Ends when the right to see it ends. For whoever may use the section TICKETS and is in.',
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
