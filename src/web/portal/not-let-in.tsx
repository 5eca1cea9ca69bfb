import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { isAdmin, useViewer } from '../session/viewer';
import type { Denial } from '../ui/gate';
import { deskAddress } from './places';
import { words } from '../words';

/** What to do about a denial, below the gate's own text for it. */
export function NotLetIn({ why }: { why: Denial }) {
  const viewer = useViewer();
  const text = textOf(why);
  return (
    <Stack className="not-let-in" gap="sm">
      {text && <Text>{text}</Text>}
      <Group>
        {why === 'TICKET_NOT_FOUND' && (
          <Button component={Link} to={deskAddress}>
            {words.portal.denied.allTickets}
          </Button>
        )}
        {why === 'WALLET_EMPTY' && isAdmin(viewer) && (
          <Button component={Link} to="/admin/buy">
            {words.portal.denied.buy}
          </Button>
        )}
        <Button component={Link} to="/portal/mine" variant="default">
          {words.portal.myTickets}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the gate does not know about these pages. */
function textOf(why: Denial): string {
  switch (why) {
    case 'SECTION_NOT_PERMITTED':
      return words.portal.denied.section;
    case 'WALLET_EMPTY':
    case 'WALLET_FROZEN':
      return words.portal.denied.wallet;
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
