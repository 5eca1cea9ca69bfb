import { Button } from '@mantine/core';
import { useState, type ComponentProps } from 'react';
import { words } from '../words';
import { DataTable } from './data-table';

/** A browser draws this many rows without a delay that people notice. */
const step = 100;

/** A table that may have thousands of rows: it shows the first hundred, and more on request. */
export function LongTable<Row extends { id: string }, Field extends string = never>({
  rows,
  ...given
}: ComponentProps<typeof DataTable<Row, Field>>) {
  const [count, setCount] = useState(step);
  const hidden = rows.length - count;
  return (
    <>
      <DataTable {...given} rows={rows.slice(0, count)} />
      {hidden > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          onClick={() => setCount((before) => before + step)}
        >
          {words.ui.showMore(Math.min(step, hidden), rows.length)}
        </Button>
      )}
    </>
  );
}
