import { Anchor, Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Empty } from '../ui/empty';
import { useTitle } from '../ui/use-title';
import { deskAddress } from './places';
import { words } from '../words';

/** Shown at an address that has no ticket. */
export function NoSuchTicket() {
  useTitle(words.portal.notFound.title);
  return (
    <>
      <Title order={1}>{words.portal.ticket}</Title>
      <Empty title={words.portal.notFound.title}>
        <Stack gap="xs">
          {words.portal.notFound.text}
          <Anchor component={Link} to={deskAddress}>
            {words.portal.notFound.search}
          </Anchor>
        </Stack>
      </Empty>
    </>
  );
}
