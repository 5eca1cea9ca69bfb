import { Group, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { writeCount } from '../../../format/count';
import type { Column } from '../../../ui/data-table';
import { Mark } from '../../../ui/mark';
import { Email } from '../../../ui/email';
import { PagedTable } from '../../../ui/paged-table';
import { words } from '../../../words';
import { detailsOf, stateOf, type BulkRow, type BulkState } from './bulk-words';

const colors = { CHANGE: 'indigo', SKIP: 'gray', DONE: 'teal', FAILED: 'red', WAITING: 'gray' };

/** The chosen agents with what will happen, or what has happened, to each. */
export function BulkTable({ rows, hasBegun }: { rows: readonly BulkRow[]; hasBegun: boolean }) {
  const [shown, setShown] = useState<BulkState | null>(null);
  const counts = new Map<BulkState, number>();
  for (const row of rows) counts.set(stateOf(row), (counts.get(stateOf(row)) ?? 0) + 1);
  // If the last row of a state has left it, all rows are shown.
  const state = shown !== null && counts.has(shown) ? shown : null;
  const columns: Column<BulkRow>[] = [
    {
      title: words.bulkAgents.agent,
      cell: ({ agent: { name, email } }) => (
        <>
          {name}
          <Text size="xs" c="dimmed">
            <Email address={email} />
          </Text>
        </>
      ),
    },
    {
      title: hasBegun ? words.bulkAgents.outcomeDone : words.bulkAgents.outcome,
      cell: (row) => (
        <div className="outcome">
          <Mark label={words.bulkAgents.state[stateOf(row)]} color={colors[stateOf(row)]} />
          <Text size="sm">{detailsOf(row)}</Text>
        </div>
      ),
    },
  ];
  return (
    <div>
      {counts.size > 1 && (
        <Group justify="end">
          <NativeSelect
            size="xs"
            aria-label={words.bulkAgents.show}
            value={state ?? ''}
            data={[
              { value: '', label: words.bulkAgents.everything(rows.length) },
              ...[...counts].map(([value, count]) => ({
                value,
                label: words.bulkAgents.counted(words.bulkAgents.state[value], writeCount(count)),
              })),
            ]}
            onChange={({ currentTarget: { value } }) =>
              setShown([...counts.keys()].find((one) => one === value) ?? null)
            }
          />
        </Group>
      )}
      <PagedTable
        caption={words.bulkAgents.table}
        columns={columns}
        rows={rows.filter((row) => state === null || stateOf(row) === state)}
        size={10}
      />
    </div>
  );
}
