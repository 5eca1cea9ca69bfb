import { Anchor, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Empty } from '../ui/empty';
import { useTitle } from '../ui/use-title';
import { deskAddress } from './places';

/** At an address at which there is no ticket. */
export function NoSuchTicket() {
  useTitle('No such ticket');
  return (
    <>
      <Title order={1}>Ticket</Title>
      <Empty title="There is no such ticket">
        <Stack gap="xs">
          The link may be an old one, or part of it is missing.
          <Anchor component={Link} to={deskAddress}>
            Look for it in all tickets
          </Anchor>
        </Stack>
      </Empty>
    </>
  );
}
