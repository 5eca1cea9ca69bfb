import { Text } from '@mantine/core';
import { DataTable, type Column } from '../../../ui/data-table';
import { Mark } from '../../../ui/mark';
import { Pager, usePaging, type PageVariables } from '../../../ui/paging';
import { words } from '../../../words';
import { detailsOf, outcomeOf, outcomeWord, type ShownRow } from './row-words';

const size = 20;

/** The rows of the file, a page at a time: they are all here. */
export function ImportTable({ rows }: { rows: readonly ShownRow[] }) {
  const paging = usePaging(rows.length, size);
  const start = startOf(paging.variables);
  const page = rows.slice(start, start + size);
  return (
    <div>
      <DataTable caption={words.importAgents.table} columns={columns} rows={page} />
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
function startOf({ after, before }: PageVariables): number {
  return before === undefined ? Number(after ?? 0) : Math.max(Number(before) - size, 0);
}

const colors = { CREATED: 'teal', UPDATED: 'indigo', UNCHANGED: 'gray', REFUSED: 'red' };

const columns: Column<ShownRow>[] = [
  { title: words.importAgents.row, isNumber: true, cell: ({ place }) => place },
  {
    title: words.importAgents.outcome,
    cell: (row) => {
      const outcome = outcomeOf(row);
      return <Mark says={outcomeWord(row)} color={outcome ? colors[outcome] : 'gray'} />;
    },
  },
  {
    title: words.importAgents.agent,
    cell: ({ input: { name, email } }) => (
      <>
        {name}
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </>
    ),
  },
  {
    title: words.importAgents.details,
    cell: (row) => detailsOf(row),
  },
  {
    title: words.importAgents.type,
    cell: ({ input: { type }, planned }) =>
      type
        ? words.agents.type[type]
        : planned?.agent
          ? words.importAgents.asBefore
          : words.agents.type.OCCASIONAL,
  },
  {
    title: words.importAgents.timeZone,
    cell: ({ input: { timeZone }, planned }) =>
      timeZone ?? (planned?.agent ? words.importAgents.asBefore : words.importAgents.ofAccount),
  },
];
