import { Group, NativeSelect, Text } from '@mantine/core';
import { useId } from 'react';
import { pageSize } from '../../ui/paging';
import { words } from '../../words';
import { pageSizes } from './ledger-address';

/** Chooses the number of rows of one page. */
export function PageSize({
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
        {words.ledger.pageSize}
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
}
