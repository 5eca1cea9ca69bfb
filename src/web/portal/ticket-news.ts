import type { TicketPartsFragment } from '../generated/app';
import { priorityWords, statusWords } from './ticket-words';

/** What has happened to a ticket between two looks at it, for whoever has it open; '' for nothing. */
export function newsOf(
  before: TicketPartsFragment,
  after: TicketPartsFragment,
  myId: string | undefined,
): string {
  const news: string[] = [];
  const reply = after.newest?.edges.at(-1)?.node;
  if (reply && reply.id !== before.newest?.edges.at(-1)?.node.id) {
    const isMine = myId !== undefined && reply.author?.id === myId;
    news.push(isMine ? 'Your reply is written.' : `${reply.authorName} replied.`);
  }
  if (after.status !== before.status) news.push(`Status is now ${statusWords[after.status]}.`);
  if (after.priority !== before.priority) {
    news.push(`Priority is now ${priorityWords[after.priority]}.`);
  }
  if (after.assignee?.id !== before.assignee?.id) {
    news.push(`Assignee is now ${after.assignee?.name ?? 'nobody'}.`);
  }
  if (after.subject !== before.subject) news.push('The subject has changed.');
  if (after.description !== before.description) news.push('The description has changed.');
  return news.join(' ');
}
