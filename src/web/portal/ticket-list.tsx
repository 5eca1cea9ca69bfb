import { Button, Skeleton, Stack, Title, VisuallyHidden } from '@mantine/core';
import { useLocation } from 'react-router';
import {
  DeskTicketsDocument,
  type DeskTicketsQuery,
  type TicketOrderField,
} from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Instant } from '../ui/instant';
import { Pager } from '../ui/paging';
import { Problem } from '../ui/problem';
import { useTitle } from '../ui/use-title';
import { PriorityMark, StatusMark } from './marks';
import { deskAddress, type CameFrom } from './places';
import { TicketFilters } from './ticket-filters';
import { TicketLink } from './ticket-link';
import { useTicketSearch } from './use-ticket-search';

type Row = NonNullable<DeskTicketsQuery['tickets']>['edges'][number]['node'];

/** All tickets of the service desk, looked through. */
export function TicketList() {
  useTitle('Tickets');
  const { agent } = useViewer();
  const looking = useTicketSearch(agent?.id);
  return (
    <Stack>
      <Title order={1}>Tickets</Title>
      <TicketFilters search={looking.search} onChange={looking.change} onClear={looking.clear} />
      <Found looking={looking} />
    </Stack>
  );
}

function Found({ looking }: { looking: ReturnType<typeof useTicketSearch> }) {
  const { agent } = useViewer();
  const { search } = useLocation();
  const { filter, sorting, paging } = looking;
  const { data, error, refetch, isPlaceholderData } = useApiQuery(DeskTicketsDocument, {
    filter,
    orderBy: sorting,
    ...paging.variables,
  });
  const all = (
    <Button variant="default" onClick={looking.clear}>
      Show all tickets
    </Button>
  );
  if (error?.code === 'BAD_USER_INPUT') {
    return (
      <Empty title="This address does not fit">
        <Stack align="center">It may be an old link, or part of it is missing. {all}</Stack>
      </Empty>
    );
  }
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const list = data?.tickets;
  if (!list) return <Skeleton h={480} />;
  const back = { to: deskAddress + search, label: 'Tickets' };
  return (
    <div aria-busy={isPlaceholderData}>
      <VisuallyHidden role="status">{said(list.totalCount)}</VisuallyHidden>
      {list.edges.length > 0 ? (
        <DataTable
          caption="Tickets"
          columns={columnsFor(back, agent?.timeZone)}
          rows={list.edges.map(({ node }) => node)}
          sorting={sorting}
          onSort={looking.sort}
        />
      ) : looking.isFiltered ? (
        <Empty title="No ticket fits">
          <Stack align="center">Try fewer words, or another filter. {all}</Stack>
        </Empty>
      ) : (
        <Empty title="There are no tickets yet">
          Tickets come from the service desk, by the API. The first one is shown here.
        </Empty>
      )}
      {list.totalCount !== 0 && (
        <Pager paging={paging} pageInfo={list.pageInfo} totalCount={list.totalCount} />
      )}
    </div>
  );
}

function said(count: number | null | undefined): string {
  if (count == null) return 'More than 10,000 tickets';
  return count === 1 ? '1 ticket' : `${count.toLocaleString('en')} tickets`;
}

function columnsFor(
  back: CameFrom['back'],
  timeZone: string | undefined,
): Column<Row, TicketOrderField>[] {
  return [
    { title: 'Number', cell: ({ number }) => number, sortsBy: 'NUMBER', isNumber: true },
    {
      title: 'Subject',
      cell: ({ id, subject }) => <TicketLink ticketId={id} subject={subject} back={back} />,
    },
    { title: 'Status', cell: ({ status }) => <StatusMark status={status} /> },
    { title: 'Priority', cell: ({ priority }) => <PriorityMark priority={priority} /> },
    { title: 'Client', cell: ({ client }) => client?.name ?? '–' },
    { title: 'Assignee', cell: ({ assignee }) => assignee?.name ?? '–' },
    {
      title: 'Updated',
      sortsBy: 'UPDATED_AT',
      cell: ({ updatedAt }) => <Instant at={updatedAt} timeZone={timeZone} />,
    },
  ];
}
