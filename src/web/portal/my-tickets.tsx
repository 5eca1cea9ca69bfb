import { Stack, Title } from '@mantine/core';
import { MyTicketsDocument } from '../generated/app';
import { useAsk } from '../session/use-ask';
import { useTitle } from '../ui/use-title';

/** Tickets that one requested or works on, as far as one sees them without a pass. */
export function MyTickets() {
  useTitle('My tickets');
  const { data } = useAsk(MyTicketsDocument, { relation: 'REQUESTED' });
  return (
    <Stack>
      <Title order={1}>My tickets</Title>
      {data?.viewer.ticketReferences?.edges.map(({ node }) => (
        <p key={node.id}>{node.subject}</p>
      ))}
    </Stack>
  );
}
