import { Skeleton, Stack } from '@mantine/core';
import { words } from '../words';

/** Shown while a list is loading, about as high as the list. */
export function RowsToCome({ rows = 8 }: { rows?: number }) {
  return (
    <Stack gap="xs" role="status" aria-label={words.ui.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={40} />
      ))}
    </Stack>
  );
}
