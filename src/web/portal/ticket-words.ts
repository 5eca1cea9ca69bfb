import type { TicketPriority, TicketStatus } from '../generated/app';

/** Where a ticket stands, in words; in the order in which a ticket goes through them. */
export const statusWords: Record<TicketStatus, string> = {
  OPEN: 'Open',
  PENDING: 'Pending',
  RESOLVED: 'Resolved',
  CLOSED: 'Closed',
};

/** How much a ticket matters, in words; the most first. */
export const priorityWords: Record<TicketPriority, string> = {
  URGENT: 'Urgent',
  HIGH: 'High',
  MEDIUM: 'Medium',
  LOW: 'Low',
};

/** What there is to choose from. */
export function choicesOf(words: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}
