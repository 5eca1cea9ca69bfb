import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Instant } from '../ui/instant';
import { words } from '../words';
import type { Reference } from './contact-ticket';
import { StatusMark } from './marks';

/** A person's own tickets on a phone: each in two lines. */
export function ReferenceCards({
  caption,
  rows,
  link,
}: {
  caption: string;
  rows: readonly Reference[];
  link: (ticket: Reference) => ReactNode;
}) {
  return (
    <ul className="ticket-cards" aria-label={caption}>
      {rows.map((ticket) => (
        <li key={ticket.id} title={ticket.subject}>
          {link(ticket)}
          <Text component="div" size="sm" c="dimmed" className="ticket-card-facts">
            <span>{words.portal.numberSign(ticket.number)}</span>
            <StatusMark status={ticket.status} />
            <Instant at={ticket.updatedAt} />
          </Text>
        </li>
      ))}
    </ul>
  );
}
