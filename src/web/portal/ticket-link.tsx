import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { addressOfTicket, type CameFrom } from './places';

/** A link to a ticket's page, for agents. The page links back to the list in its present state. */
export function TicketLink({
  ticketId,
  subject,
  back,
}: { ticketId: string; subject: string } & CameFrom) {
  return (
    <div className="wide">
      <Anchor
        component={Link}
        to={addressOfTicket(ticketId)}
        state={{ back }}
        inherit
        data-ticket={ticketId}
      >
        {subject}
      </Anchor>
    </div>
  );
}
