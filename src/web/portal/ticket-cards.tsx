import { Text } from '@mantine/core';
import { writeAge } from '../../core/notation/duration';
import { pageLanguage } from '../format/language';
import { useAccountNow } from '../session/use-account-now';
import { words } from '../words';
import { PriorityMark } from './marks';
import type { CameFrom } from './places';
import type { TicketRow } from './ticket-row';
import { TicketLink } from './ticket-link';

const minuteMs = 60_000;

/** The list on a phone: each ticket in two lines. */
export function TicketCards({ rows, back }: { rows: readonly TicketRow[] } & CameFrom) {
  const now = useAccountNow(minuteMs);
  return (
    <ul className="ticket-cards" aria-label={words.portal.tickets}>
      {rows.map(({ id, number, subject, priority, client, status, createdAt }) => (
        <li key={id} title={subject}>
          <TicketLink ticketId={id} subject={subject} back={back} />
          <Text component="div" size="sm" c="dimmed" className="ticket-card-facts">
            <span>{words.portal.numberSign(number)}</span>
            <PriorityMark priority={priority} />
            {status !== 'OPEN' && <span>{words.portal.status[status]}</span>}
            {client && (
              <span className="ticket-card-client" title={client.name}>
                {client.name}
              </span>
            )}
            {now !== null && (
              <time dateTime={createdAt}>
                {writeAge(now - Date.parse(createdAt), pageLanguage)}
              </time>
            )}
          </Text>
        </li>
      ))}
    </ul>
  );
}
