import { Stack, Text, Title } from '@mantine/core';
import { useTitle } from './use-title';

/** For an address of which there is nothing. */
export function NotFound() {
  useTitle('Nothing here');
  return (
    <Stack align="center" py="xl">
      <Title order={1} size="h3">
        There is nothing at this address
      </Title>
      <Text c="dimmed">Choose where to go from above.</Text>
    </Stack>
  );
}
