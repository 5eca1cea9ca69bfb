import { Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Outlet, useLocation, useMatch, useNavigate } from 'react-router';
import { sessions } from '../session/session';
import { useViewer } from '../session/viewer';
import { Gate, type Denial } from '../ui/gate';
import { useTitle } from '../ui/use-title';
import { gatedReads } from './gated-reads';
import { NotAnAgent } from './not-an-agent';
import { NotLetIn } from './not-let-in';
import { NoSuchTicket } from './no-such-ticket';
import type { Declined } from './places';
import { useTakenBack } from './use-taken-back';
import { words } from '../words';

/** The agent portal: behind the gate, with what to do if access is denied. */
export function Desk() {
  const { agent } = useViewer();
  return agent ? <GatedDesk /> : <NotAnAgent />;
}

function GatedDesk() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const here = useMatch('/portal/desk/tickets/:ticketId')?.params.ticketId;
  const [isIn, setIsIn] = useState(false);
  const [denial, setDenial] = useState<Denial | null>(null);
  const takenBack = useTakenBack(isIn);
  // An agent who is in moves between tickets freely: the gate is asked only about the ticket on which the
  // agent arrives, or on which the pass has ended.
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
  // The address holds no valid ticket id, so the gate cannot decide.
  if (denial === 'BAD_REQUEST') return <NoSuchTicket />;
  return (
    <div className="desk" data-waits={!isIn || undefined}>
      {!isIn && <Waiting isTicket={here !== undefined} />}
      <Gate
        section="TICKETS"
        ticketId={asked}
        note={takenBack ?? undefined}
        onIn={(isInNow) => {
          setIsIn(isInNow);
          setDenial(null);
        }}
        onDenied={deny}
      >
        {isIn && <Inside />}
      </Gate>
      {!isIn && denial && takenBack && <Text className="not-let-in">{takenBack}</Text>}
      {!isIn && denial && <NotLetIn why={denial} />}
    </div>
  );
}

function Waiting({ isTicket }: { isTicket: boolean }) {
  useTitle(words.portal.agentPortal);
  return <Title order={1}>{isTicket ? words.portal.ticket : words.portal.agentPortal}</Title>;
}

/** Rendered only while the agent is in: nothing gated is read before, and nothing is kept after. */
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
