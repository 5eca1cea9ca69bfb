import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import type { Denial } from '../ui/gate';
import { deskAddress } from './places';

/** Below the gate's own words for why one is not let in: what one can do about it. */
export function NotLetIn({ why }: { why: Denial }) {
  const viewer = useViewer();
  const isTicketMissing = why === 'TICKET_NOT_FOUND' || why === 'BAD_REQUEST';
  return (
    <Stack className="not-let-in" gap="sm">
      <Text>{wayOn(why, isAdmin(viewer))}</Text>
      <Group>
        {isTicketMissing && (
          <Button component={Link} to={deskAddress}>
            All tickets
          </Button>
        )}
        {why === 'WALLET_EMPTY' && isAdmin(viewer) && (
          <Button component={Link} to="/admin">
            Buy day passes
          </Button>
        )}
        <Button component={Link} to="/portal/mine" variant="default">
          My tickets
        </Button>
      </Group>
    </Stack>
  );
}

function wayOn(why: Denial, isAdmin: boolean): string {
  switch (why) {
    case 'SECTION_NOT_PERMITTED':
      return 'Ask an account admin to open the section Tickets to you. No day pass was used, and this page opens by itself when it is open to you.';
    case 'WALLET_EMPTY':
      return isAdmin
        ? 'Buying needs no day pass. This page opens by itself when there are passes again.'
        : 'Ask an account admin to buy some. This page opens by itself when there are passes again; what you wrote is kept.';
    case 'WALLET_FROZEN':
      return 'Ask an account admin why, and to let passes be used again. This page opens by itself then.';
    case 'AGENT_NOT_ACTIVE':
      return 'Ask an account admin to activate you again.';
    case 'NOT_AN_AGENT':
      return 'What you asked for, and where it stands, is under My tickets.';
    case 'TICKET_NOT_FOUND':
    case 'BAD_REQUEST':
      return 'The link may be an old one, or part of it is missing. No day pass was used.';
    case 'NOT_NOW':
    case 'UNAUTHENTICATED':
      return '';
  }
}
