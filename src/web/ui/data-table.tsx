import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { isValidElement, memo, useMemo, type ReactNode } from 'react';
import { ChooseAll, ChooseRow, useChoosing, type Choosing, type ChoosesRows } from './choose-rows';
import './data-table.css';

export interface Column<Row, Field extends string = never> {
  title: string;
  cell: (row: Row) => ReactNode;
  /** The field that the service sorts by, if this column can be sorted. */
  sortsBy?: Field;
  /** Numbers are aligned to the right. */
  isNumber?: boolean;
  /** The title is only for people who use a screen reader: the cells have buttons. */
  isTitleHidden?: boolean;
  /** Whether the column says anything about these rows; if not, it is left out. */
  isShownFor?: (rows: readonly Row[]) => boolean;
}

/** How a list is sorted: the input of the API's `orderBy`. */
export interface Sorting<Field extends string> {
  field: Field;
  direction: 'ASC' | 'DESC';
}

/**
 * A table. If it is wider than the screen, it scrolls within the page, by keyboard too. A row is drawn
 * again only if it or `columns` is another object: a page that draws itself often keeps both.
 */
export function DataTable<Row extends { id: string }, Field extends string = never>({
  caption,
  columns: all,
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
  const choosing = useChoosing(rows, selection);
  const columns = useShown(all, rows);
  return (
    <div className="table" role="region" aria-label={caption} tabIndex={0}>
      {/* Elements without a component of their own: a page of 100 rows has thousands of them. */}
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {selection && <ChooseAll {...{ rows, selection }} />}
            {columns.map((column) => (
              <Title key={column.title} {...{ column, sorting, onSort }} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BodyRow
              key={row.id}
              {...{ row, columns, choosing }}
              isStruck={isStruck?.(row) ?? false}
              isChosen={selection?.chosen.has(row.id) ?? false}
              name={selection?.nameOf(row)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The same object while the same columns are shown, so that new rows do not draw the others again. */
function useShown<Of extends Pick<Column<Row>, 'isShownFor'>, Row>(
  columns: readonly Of[],
  rows: readonly Row[],
): readonly Of[] {
  const shown = columns.map(({ isShownFor }) => isShownFor?.(rows) ?? true).join();
  return useMemo(() => {
    const isShown = shown.split(',');
    return columns.filter((_, at) => isShown[at] === 'true');
  }, [columns, shown]);
}

const BodyRow = memo(DrawnRow) as typeof DrawnRow;

function DrawnRow<Row extends { id: string }, Field extends string>({
  row,
  columns,
  choosing,
  isStruck,
  isChosen,
  name,
}: {
  row: Row;
  columns: readonly Column<Row, Field>[];
  choosing: Choosing;
  isStruck: boolean;
  isChosen: boolean;
  /** Of its check box; undefined: it has none. */
  name: string | undefined;
}) {
  return (
    <tr data-struck={isStruck || undefined} data-chosen={isChosen || undefined}>
      {name !== undefined && <ChooseRow id={row.id} {...{ name, isChosen, choosing }} />}
      {columns.map(({ title, cell, isNumber }) => {
        const content = cell(row);
        return (
          <td key={title} className={isNumber ? 'of-number' : undefined}>
            <div className="cell" data-long={textOf(content).length >= longFrom || undefined}>
              {content}
            </div>
          </td>
        );
      })}
    </tr>
  );
}

/** Longer than dates, amounts and most names. */
const longFrom = 28;

/** The text of a cell, or the name of its link. */
function textOf(content: ReactNode): string {
  if (typeof content === 'string') return content;
  if (!isValidElement<{ name?: unknown; children?: ReactNode }>(content)) return '';
  const { name, children } = content.props;
  return typeof name === 'string' ? name : textOf(children);
}

function Title<Row, Field extends string>({
  column: { title, sortsBy, isNumber, isTitleHidden },
  sorting,
  onSort,
}: {
  column: Column<Row, Field>;
  sorting?: Sorting<Field>;
  onSort?: (sorting: Sorting<Field>) => void;
}) {
  const className = isNumber ? 'of-number' : undefined;
  if (!sortsBy || !onSort) {
    return (
      <th scope="col" className={className}>
        {isTitleHidden ? <span className="unseen">{title}</span> : title}
      </th>
    );
  }
  const direction = sorting?.field === sortsBy ? sorting.direction : null;
  const Arrow = direction === 'DESC' ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={className}
      aria-sort={direction ? (direction === 'ASC' ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        className="sort"
        onClick={() => onSort({ field: sortsBy, direction: direction === 'ASC' ? 'DESC' : 'ASC' })}
      >
        {title}
        {direction && <Arrow size={14} aria-hidden />}
      </button>
    </th>
  );
}
