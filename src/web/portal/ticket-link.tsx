import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { addressOfTicket, type CameFrom } from './places';

/** A ticket in a list, for agents: to its page, which leads back to the list as it is now. */
export function TicketLink({
  ticketId,
  subject,
  back,
}: { ticketId: string; subject: string } & CameFrom) {
  return (
    <div className="wide">
      <Anchor component={Link} to={addressOfTicket(ticketId)} state={{ back }} inherit>
        {subject}
      </Anchor>
    </div>
  );
}
