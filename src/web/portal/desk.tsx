import { Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Outlet, useLocation, useMatch, useNavigate } from 'react-router';
import { sessions } from '../session/session';
import { Gate, type Denial } from '../ui/gate';
import { useTitle } from '../ui/use-title';
import { gatedReads } from './gated-reads';
import { NotLetIn } from './not-let-in';
import { NoSuchTicket } from './no-such-ticket';
import type { Declined } from './places';

/** The agent portal: behind the gate, with what to do where one is not let in. */
export function Desk() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const here = useMatch('/portal/desk/tickets/:ticketId')?.params.ticketId;
  const [isIn, setIsIn] = useState(false);
  const [denial, setDenial] = useState<Denial | null>(null);
  // Whoever is in goes from ticket to ticket without being asked: the gate is asked for the one at
  // which somebody comes, or at which the pass has ended.
  const [asked, setAsked] = useState(here);
  if (!isIn && asked !== here) {
    setAsked(here);
    setDenial(null);
  }

  const deny = (reason: Denial) => {
    if (reason === 'UNAUTHENTICATED') return sessions.end('ENDED');
    if (reason !== 'NOT_NOW') return setDenial(reason);
    const declined: Declined = { declined: pathname + search };
    void navigate('/portal/mine', { replace: true, state: declined });
  };
  // What stands in the address is no ticket's id: of that the gate can say nothing.
  if (denial === 'BAD_REQUEST') return <NoSuchTicket />;
  return (
    <>
      {!isIn && <Waiting isTicket={here !== undefined} />}
      <Gate
        section="TICKETS"
        ticketId={asked}
        onIn={(isInNow) => {
          setIsIn(isInNow);
          setDenial(null);
        }}
        onDenied={deny}
      >
        {isIn && <Inside />}
      </Gate>
      {!isIn && denial && <NotLetIn why={denial} />}
    </>
  );
}

function Waiting({ isTicket }: { isTicket: boolean }) {
  useTitle('Agent portal');
  return <Title order={1}>{isTicket ? 'Ticket' : 'Agent portal'}</Title>;
}

/** There only while the agent is in: nothing gated is asked for before, and nothing kept after. */
function Inside() {
  const queries = useQueryClient();
  useEffect(
    () => () => {
      for (const name of gatedReads) queries.removeQueries({ queryKey: [name] });
    },
    [queries],
  );
  return <Outlet />;
}
