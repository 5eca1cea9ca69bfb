/** The agent portal's list of tickets. */
export const deskAddress = '/portal/desk';

/** A ticket's page: the deep link that mails and lists carry. */
export function addressOfTicket(ticketId: string): string {
  return `${deskAddress}/tickets/${encodeURIComponent(ticketId)}`;
}

/** Where a ticket's page leads back to: kept in the tab's history, so that a reload keeps it. */
export interface CameFrom {
  back: { to: string; label: string };
}

/** Where somebody wanted to be who said "Not now". */
export interface Declined {
  declined: string;
}
