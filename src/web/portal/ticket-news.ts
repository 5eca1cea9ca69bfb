import type { TicketPartsFragment } from '../generated/app';
import { words } from '../words';

/** What has changed on a ticket between two of its states, for a person who has it open; '' if nothing. */
export function newsOf(
  before: TicketPartsFragment,
  after: TicketPartsFragment,
  myId: string | undefined,
): string {
  const news: string[] = [];
  const reply = after.newest?.edges.at(-1)?.node;
  if (reply && reply.id !== before.newest?.edges.at(-1)?.node.id) {
    const isMine = myId !== undefined && reply.author?.id === myId;
    news.push(isMine ? words.portal.news.yourReply : words.portal.news.replied(reply.authorName));
  }
  if (after.status !== before.status)
    news.push(words.portal.news.status(words.portal.status[after.status]));
  if (after.priority !== before.priority) {
    news.push(words.portal.news.priority(words.portal.priority[after.priority]));
  }
  if (after.assignee?.id !== before.assignee?.id) {
    news.push(words.portal.news.assignee(after.assignee?.name ?? words.portal.page.toNobody));
  }
  if (after.subject !== before.subject) news.push(words.portal.news.subject);
  if (after.description !== before.description) news.push(words.portal.news.description);
  return news.join(' ');
}
