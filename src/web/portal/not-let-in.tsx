import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import type { Denial } from '../ui/gate';
import { deskAddress } from './places';

/** Below the gate's own words for why one is not let in: what one can do about it. */
export function NotLetIn({ why }: { why: Denial }) {
  const viewer = useViewer();
  const words = wayOn(why);
  return (
    <Stack className="not-let-in" gap="sm">
      {words && <Text>{words}</Text>}
      <Group>
        {why === 'TICKET_NOT_FOUND' && (
          <Button component={Link} to={deskAddress}>
            All tickets
          </Button>
        )}
        {why === 'WALLET_EMPTY' && isAdmin(viewer) && (
          <Button component={Link} to="/admin/buy">
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

/** What the gate, which is not of these pages, cannot know of them. */
function wayOn(why: Denial): string {
  switch (why) {
    case 'SECTION_NOT_PERMITTED':
      return 'No day pass was used. This page opens by itself when the section Tickets is yours to use.';
    case 'WALLET_EMPTY':
    case 'WALLET_FROZEN':
      return 'This page opens by itself as soon as passes can be used. A reply that you had begun is kept.';
    case 'AGENT_NOT_ACTIVE':
    case 'NOT_AN_AGENT':
    case 'SESSION_NOT_PERMITTED':
    case 'ACCOUNT_CLOSED':
    case 'TICKET_NOT_FOUND':
    case 'NOT_NOW':
    case 'BAD_REQUEST':
    case 'UNAUTHENTICATED':
      return '';
  }
}
