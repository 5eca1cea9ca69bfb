/** The agent portal's list of tickets. */
export const deskAddress = '/portal/desk';

/** A ticket's page: the deep link that mails and lists carry. */
export function addressOfTicket(ticketId: string): string {
  return `${deskAddress}/tickets/${encodeURIComponent(ticketId)}`;
}

/** The list that a ticket's page links back to. It is kept in the tab's history, so a reload keeps it. */
export interface CameFrom {
  back: { to: string; label: string };
}

/** The page that somebody left by "Not now". */
export interface Declined {
  declined: string;
}
