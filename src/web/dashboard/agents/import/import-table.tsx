import { Text } from '@mantine/core';
import type { Column } from '../../../ui/data-table';
import { Mark } from '../../../ui/mark';
import { Email } from '../../../ui/email';
import { PagedTable } from '../../../ui/paged-table';
import { words } from '../../../words';
import { detailsOf, outcomeOf, outcomeWord, type ShownRow } from './row-words';

/** The rows of the file, a page at a time: they are all here. */
export function ImportTable({ rows }: { rows: readonly ShownRow[] }) {
  return <PagedTable caption={words.importAgents.table} columns={columns} rows={rows} size={20} />;
}

const colors = { CREATED: 'teal', UPDATED: 'indigo', UNCHANGED: 'gray', REFUSED: 'red' };

const columns: Column<ShownRow>[] = [
  { title: words.importAgents.row, isNumber: true, cell: ({ place }) => place },
  {
    title: words.importAgents.outcome,
    cell: (row) => {
      const outcome = outcomeOf(row);
      return <Mark label={outcomeWord(row)} color={outcome ? colors[outcome] : 'gray'} />;
    },
  },
  {
    title: words.importAgents.agent,
    cell: ({ input: { name, email } }) => (
      <>
        {name}
        <Text size="xs" c="dimmed">
          <Email address={email} />
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
