import { Checkbox, Table } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import { words } from '../words';
import type { Selection } from './use-selection';

/** The check boxes of a table. */
export interface ChoosesRows<Row extends { id: string }> extends Pick<
  Selection<Row>,
  'chosen' | 'set'
> {
  /** The name of a row, for people who use a screen reader. */
  nameOf: (row: Row) => string;
}

/** The check box of all rows of a page. */
export function ChooseAll<Row extends { id: string }>({
  rows,
  selection: { chosen, set },
}: {
  rows: readonly Row[];
  selection: ChoosesRows<Row>;
}) {
  const count = rows.filter(({ id }) => chosen.has(id)).length;
  return (
    <Table.Th scope="col" className="choose">
      <Checkbox
        aria-label={words.ui.choose.page}
        checked={count > 0 && count === rows.length}
        indeterminate={count > 0 && count < rows.length}
        onChange={({ currentTarget }) => set(rows, currentTarget.checked)}
      />
    </Table.Th>
  );
}

/**
 * The check box of one row. Shift and a click, or Shift and Space, give all rows from the last one the
 * same state. The arrow keys go from row to row; with Shift they choose the rows on their way.
 */
export function useChooseRow<Row extends { id: string }>(
  rows: readonly Row[],
  selection: ChoosesRows<Row> | undefined,
) {
  const last = useRef<string | null>(null);
  if (!selection) return () => null;
  const { chosen, set, nameOf } = selection;
  const change = (place: number, isChosen: boolean, isRange: boolean) => {
    const from = isRange ? rows.findIndex(({ id }) => id === last.current) : -1;
    const [first, end] = from < 0 ? [place, place] : [Math.min(from, place), Math.max(from, place)];
    set(rows.slice(first, end + 1), isChosen);
    last.current = rows[place]!.id;
  };
  return (row: Row, place: number) => (
    <Table.Td className="choose">
      <Checkbox
        aria-label={words.ui.choose.row(nameOf(row))}
        checked={chosen.has(row.id)}
        // A range of rows is not a range of text.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onChange={({ currentTarget, nativeEvent }) => {
          change(place, currentTarget.checked, (nativeEvent as MouseEvent).shiftKey);
        }}
        onKeyDown={(event) => {
          const to = placeAfter(event, place);
          if (to === null || to < 0 || to >= rows.length) return;
          event.preventDefault();
          focusRow(event, to);
          if (event.shiftKey) set([row, rows[to]!], true);
          last.current = rows[to]!.id;
        }}
      />
    </Table.Td>
  );
}

function placeAfter({ key }: KeyboardEvent, place: number): number | null {
  if (key === 'ArrowDown') return place + 1;
  return key === 'ArrowUp' ? place - 1 : null;
}

function focusRow({ currentTarget }: KeyboardEvent<HTMLElement>, place: number): void {
  const boxes = currentTarget.closest('tbody')?.querySelectorAll<HTMLElement>('.choose input');
  boxes?.[place]?.focus();
}
