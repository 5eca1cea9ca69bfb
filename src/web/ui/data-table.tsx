import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ChooseAll, useChooseRow, type ChoosesRows } from './choose-rows';

export interface Column<Row, Field extends string = never> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** The field that the service sorts by, if this column can be sorted. */
  sortsBy?: Field;
  /** Numbers are aligned to the right. */
  isNumber?: boolean;
}

/** How a list is sorted: the input of the API's `orderBy`. */
export interface Sorting<Field extends string> {
  field: Field;
  direction: 'ASC' | 'DESC';
}

/** A table. If it is wider than the screen, it scrolls within the page, by keyboard too. */
export function DataTable<Row extends { id: string }, Field extends string = never>({
  caption,
  columns,
  rows,
  sorting,
  onSort,
  isStruck,
  selection,
}: {
  /** What the table lists, for people who use a screen reader. */
  caption: string;
  columns: readonly Column<Row, Field>[];
  rows: readonly Row[];
  sorting?: Sorting<Field>;
  onSort?: (sorting: Sorting<Field>) => void;
  /** Rows that no longer count. */
  isStruck?: (row: Row) => boolean;
  /** With it, each row has a check box. */
  selection?: ChoosesRows<Row>;
}) {
  const chooseRow = useChooseRow(rows, selection);
  return (
    <div className="table" role="region" aria-label={caption} tabIndex={0}>
      <Table verticalSpacing="xs" highlightOnHover>
        <VisuallyHidden component="caption">{caption}</VisuallyHidden>
        <Table.Thead>
          <Table.Tr>
            {selection && <ChooseAll {...{ rows, selection }} />}
            {columns.map((column) => (
              <Title key={column.title} {...{ column, sorting, onSort }} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, place) => (
            <Table.Tr
              key={row.id}
              data-struck={isStruck?.(row) || undefined}
              data-chosen={selection?.chosen.has(row.id) || undefined}
            >
              {chooseRow(row, place)}
              {columns.map(({ title, cell, isNumber }) => (
                <Table.Td key={title} ta={isNumber ? 'right' : undefined}>
                  <div className="cell">{cell(row)}</div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Title<Row, Field extends string>({
  column: { title, sortsBy, isNumber },
  sorting,
  onSort,
}: {
  column: Column<Row, Field>;
  sorting?: Sorting<Field>;
  onSort?: (sorting: Sorting<Field>) => void;
}) {
  const align = isNumber ? 'right' : undefined;
  if (!sortsBy || !onSort) {
    return (
      <Table.Th scope="col" ta={align}>
        {title}
      </Table.Th>
    );
  }
  const direction = sorting?.field === sortsBy ? sorting.direction : null;
  const Arrow = direction === 'DESC' ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      scope="col"
      ta={align}
      aria-sort={direction ? (direction === 'ASC' ? 'ascending' : 'descending') : undefined}
    >
      <UnstyledButton
        fw="inherit"
        fz="inherit"
        onClick={() => onSort({ field: sortsBy, direction: direction === 'ASC' ? 'DESC' : 'ASC' })}
      >
        {title}
        {direction && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
}
