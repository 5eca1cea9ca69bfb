import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useTitle } from '../ui/use-title';
import { deskAddress } from './places';
import { words } from '../words';

/** Shown at an address that has no ticket. */
export function NoSuchTicket() {
  useTitle(words.portal.notFound.title);
  return (
    <Stack align="start">
      <Title order={1}>{words.portal.notFound.title}</Title>
      <Text>{words.portal.notFound.text}</Text>
      <Button component={Link} to={deskAddress}>
        {words.portal.notFound.search}
      </Button>
    </Stack>
  );
}
