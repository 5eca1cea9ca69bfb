import { Stack, Text, Title } from '@mantine/core';
import { useTitle } from './use-title';
import { words } from '../words';

/** For an address that has no page. */
export function NotFound() {
  useTitle(words.ui.notFound.title);
  return (
    <Stack>
      <Title order={1}>{words.ui.notFound.title}</Title>
      <Text>{words.ui.notFound.text}</Text>
    </Stack>
  );
}
