import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { words } from '../words';
import type { Selection } from './use-selection';

/** The check boxes of a table. */
export interface ChoosesRows<Row extends { id: string }> extends Pick<Selection<Row>, 'set'> {
  chosen: Pick<ReadonlySet<string>, 'has'>;
  /** The name of a row, for people who use a screen reader. */
  nameOf: (row: Row) => string;
}

/** What a row does when its check box is used. The object stays the same, so that no row is drawn for it. */
export interface Choosing {
  change: (id: string, isChosen: boolean, isRange: boolean) => void;
  /** Goes to the row above or below. */
  move: (id: string, event: KeyboardEvent<HTMLElement>) => void;
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
  const isSome = count > 0 && count < rows.length;
  return (
    <th scope="col" className="choose">
      <input
        type="checkbox"
        aria-label={words.ui.choose.page}
        checked={count > 0 && count === rows.length}
        // Only scripts can set it.
        ref={(box) => {
          if (box) box.indeterminate = isSome;
        }}
        onChange={({ currentTarget }) => set(rows, currentTarget.checked)}
      />
    </th>
  );
}

/**
 * Shift and a click, or Shift and Space, give all rows from the last one the same state. The arrow keys
 * go from row to row; with Shift they choose the rows on their way.
 */
export function useChoosing<Row extends { id: string }>(
  rows: readonly Row[],
  selection: ChoosesRows<Row> | undefined,
): Choosing {
  const newest = useRef({ rows, set: selection?.set });
  useEffect(() => {
    newest.current = { rows, set: selection?.set };
  });
  const last = useRef<string | null>(null);
  const [choosing] = useState((): Choosing => ({
    change(id, isChosen, isRange) {
      const { rows: shown, set } = newest.current;
      const place = placeOf(shown, id);
      const from = isRange ? placeOf(shown, last.current) : -1;
      const [first, end] =
        from < 0 ? [place, place] : [Math.min(from, place), Math.max(from, place)];
      set?.(shown.slice(first, end + 1), isChosen);
      last.current = id;
    },
    move(id, event) {
      const { rows: shown, set } = newest.current;
      const place = placeOf(shown, id);
      const row = shown[place];
      const to = shown[place + stepOf(event)];
      if (!row || !to || to === row) return;
      event.preventDefault();
      focusRow(event, place + stepOf(event));
      if (event.shiftKey) set?.([row, to], true);
      last.current = to.id;
    },
  }));
  return choosing;
}

/** The check box of one row. */
export function ChooseRow({
  id,
  name,
  isChosen,
  choosing,
}: {
  id: string;
  name: string;
  isChosen: boolean;
  choosing: Choosing;
}) {
  return (
    <td className="choose">
      <input
        type="checkbox"
        aria-label={words.ui.choose.row(name)}
        checked={isChosen}
        // A range of rows is not a range of text.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onChange={({ currentTarget, nativeEvent }) => {
          choosing.change(id, currentTarget.checked, (nativeEvent as MouseEvent).shiftKey);
        }}
        onKeyDown={(event) => choosing.move(id, event)}
      />
    </td>
  );
}

function placeOf(rows: readonly { id: string }[], id: string | null): number {
  return rows.findIndex((row) => row.id === id);
}

function stepOf({ key }: KeyboardEvent): number {
  if (key === 'ArrowDown') return 1;
  return key === 'ArrowUp' ? -1 : 0;
}

function focusRow({ currentTarget }: KeyboardEvent<HTMLElement>, place: number): void {
  const boxes = currentTarget.closest('tbody')?.querySelectorAll<HTMLElement>('.choose input');
  boxes?.[place]?.focus();
}
