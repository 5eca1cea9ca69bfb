import { DataTable, type Column } from './data-table';
import { Pager, usePaging, type PageVariables } from './paging';

/** A table of rows that are all here, a page at a time. */
export function PagedTable<Row extends { id: string }>({
  caption,
  columns,
  rows,
  size,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  size: number;
}) {
  const paging = usePaging(rows.length, size);
  const start = startOf(paging.variables, size);
  return (
    <div>
      <DataTable caption={caption} columns={columns} rows={rows.slice(start, start + size)} />
      <Pager
        paging={paging}
        size={size}
        totalCount={rows.length}
        pageInfo={{
          hasPreviousPage: start > 0,
          hasNextPage: start + size < rows.length,
          startCursor: String(start),
          endCursor: String(start + size),
        }}
      />
    </div>
  );
}

/** The cursor of a page is the place of its first row, or of the row after it. */
function startOf({ after, before }: PageVariables, size: number): number {
  return before === undefined ? Number(after ?? 0) : Math.max(Number(before) - size, 0);
}
