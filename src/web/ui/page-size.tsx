import { Group, NativeSelect, Text } from '@mantine/core';
import { memo, useId } from 'react';
import { words } from '../words';
import { pageSize } from './paging';

const pageSizes = [pageSize, 50, 100];

/** The number of rows that an address asks for; the usual number if it names no other one that is offered. */
export function pageSizeOf(size: string | null): number {
  return pageSizes.find((one) => String(one) === size) ?? pageSize;
}

/** Chooses the number of rows of one page. */
export const PageSize = memo(function PageSize({
  size,
  onChange,
}: {
  size: number;
  onChange: (changes: { size: string | null }) => void;
}) {
  const id = useId();
  return (
    <Group gap="xs" mt="xs" className="no-print">
      <Text component="label" htmlFor={id} size="sm" c="dimmed">
        {words.ui.pageSize}
      </Text>
      <NativeSelect
        id={id}
        size="xs"
        value={String(size)}
        data={pageSizes.map(String)}
        onChange={({ currentTarget: { value } }) =>
          onChange({ size: value === String(pageSize) ? null : value })
        }
      />
    </Group>
  );
});
