import type { RequestContext } from '../api/context';
import type { MessageStream } from '../api/stream';
import { watchedStream } from '../api/watched-stream';
import { DomainError } from '../core/domain-error';
import type { TicketRow } from '../db/tables/ticket';
import { ticketsById } from './ticket.queries';

/** One ticket for its subscriber: as it is, then each newer state, until the permission ends. */
export function ticketStream(context: RequestContext, ticketId: string): MessageStream<TicketRow> {
  return watchedStream(
    context,
    {
      right: 'tickets:read',
      wakesOnEntry: () => false,
      wakesOnState: ({ kind, id }) => kind === 'ticket' && id === ticketId,
    },
    async function* (account) {
      let revision = 0;
      while (!account.isClosed) {
        const [ticket] = await ticketsById(context.account.scope, [ticketId]);
        await account.requireRight();
        if (!ticket)
          throw new DomainError(
            'NOT_FOUND',
            'The account has no ticket with this id. Check the id.',
          );
        if (ticket.revision > revision) {
          revision = ticket.revision;
          yield ticket;
        }
        await account.wait();
      }
    },
  );
}
