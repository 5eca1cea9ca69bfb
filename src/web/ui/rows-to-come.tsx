import { Skeleton, Stack } from '@mantine/core';

/** In the place of a list that is on its way, about as high. */
export function RowsToCome({ rows = 8 }: { rows?: number }) {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} h={40} />
      ))}
    </Stack>
  );
}
