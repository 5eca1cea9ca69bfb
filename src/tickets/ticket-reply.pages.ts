import type { Connection } from '../api/connection';
import type { RequestContext } from '../api/context';
import { encodeListCursor, readPageRequest, type PageRequest } from '../api/page.rules';
import { connectionOf, readPage } from '../api/read-page';
import { replyCounts, replyPageKey, replyPages, ticketReplyList } from './ticket-reply.queries';
import { toTicketReply, type TicketReplyType } from './ticket-reply.type';

/**
 * One page of one ticket's replies, the oldest first. Without a cursor the page is the same for
 * every ticket of a list, so that one statement reads all of them; a cursor belongs to one ticket.
 */
export async function readTicketReplies(
  context: RequestContext,
  ticketId: string,
  request: PageRequest,
): Promise<Connection<TicketReplyType>> {
  const { scope } = context.account;
  const list = ticketReplyList(scope, ticketId);
  const place = { list: list.name, accountId: scope.accountId, order: list.order };
  const page = readPageRequest(request, place);
  if (page.after !== null || page.before !== null) {
    return readPage(scope, list, request, toTicketReply);
  }
  const key = replyPageKey(ticketId, page.size + 1, page.backwards);
  return connectionOf(page, await context.reads.loadExisting(replyPages, key), {
    cursorOf: (at) => encodeListCursor(place, at),
    toNode: toTicketReply,
    // Without a cursor nothing limits the page, so this is not queried.
    hasRows: () => Promise.resolve(false),
    total: async () => (await context.reads.loadExisting(replyCounts, ticketId)).count,
  });
}
