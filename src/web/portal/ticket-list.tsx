import { Button, Group, Stack, Title } from '@mantine/core';
import { useLocation } from 'react-router';
import { DeskTicketsDocument, type TicketOrderField } from '../generated/app';
import { useApiQuery } from '../session/use-api-query';
import { useViewer } from '../session/viewer';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/empty';
import { Instant } from '../ui/instant';
import { Pager } from '../ui/paging';
import { Problem } from '../ui/problem';
import { RowsToCome } from '../ui/rows-to-come';
import { useTitle } from '../ui/use-title';
import { PriorityMark, StatusMark } from './marks';
import { deskAddress, type CameFrom } from './places';
import { TicketCards } from './ticket-cards';
import { TicketFilters } from './ticket-filters';
import { TicketKeys } from './ticket-keys';
import { TicketLink } from './ticket-link';
import type { TicketRow } from './ticket-row';
import { TicketViews } from './ticket-views';
import { useIsPhone } from './use-is-phone';
import { useTicketSearch } from './use-ticket-search';
import { words } from '../words';

/** All tickets of the service desk, with search and filters. */
export function TicketList() {
  useTitle(words.portal.tickets);
  const { agent } = useViewer();
  const looking = useTicketSearch(agent?.id);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{words.portal.tickets}</Title>
        <TicketKeys />
      </Group>
      <TicketViews search={looking.search} />
      <TicketFilters
        search={looking.search}
        isFiltered={looking.isFiltered}
        onChange={looking.change}
        onClear={looking.clear}
      />
      <Found looking={looking} />
    </Stack>
  );
}

function Found({ looking }: { looking: ReturnType<typeof useTicketSearch> }) {
  const { search } = useLocation();
  const { filter, sorting, paging } = looking;
  const isPhone = useIsPhone();
  const { data, error, refetch, isPlaceholderData } = useApiQuery(DeskTicketsDocument, {
    filter,
    orderBy: sorting,
    ...paging.variables,
  });
  const all = (
    <Button variant="default" onClick={looking.clear}>
      {words.portal.list.showAll}
    </Button>
  );
  if (error?.code === 'BAD_USER_INPUT') {
    return (
      <Empty title={words.portal.list.badAddress}>
        <Stack align="center">
          {words.portal.list.badAddressText} {all}
        </Stack>
      </Empty>
    );
  }
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const list = data?.tickets;
  if (!list) return <RowsToCome rows={10} />;
  const back = { to: deskAddress + search, label: words.portal.tickets };
  return (
    <div aria-busy={isPlaceholderData}>
      <span className="unseen" role="status">
        {said(list.totalCount)}
      </span>
      {list.edges.length > 0 && isPhone ? (
        <TicketCards rows={list.edges.map(({ node }) => node)} back={back} />
      ) : list.edges.length > 0 ? (
        <DataTable
          caption={words.portal.tickets}
          columns={columnsFor(back)}
          rows={list.edges.map(({ node }) => node)}
          sorting={sorting}
          onSort={looking.sort}
        />
      ) : looking.isFiltered ? (
        <Empty title={words.portal.list.noMatch}>
          <Stack align="center">
            {words.portal.list.noMatchText} {all}
          </Stack>
        </Empty>
      ) : (
        <Empty title={words.portal.list.empty}>{words.portal.list.emptyText}</Empty>
      )}
      {list.totalCount !== 0 && (
        <Pager paging={paging} pageInfo={list.pageInfo} totalCount={list.totalCount} />
      )}
    </div>
  );
}

function said(count: number | null | undefined): string {
  return count == null ? words.portal.list.foundMany : words.portal.list.found(count);
}

function columnsFor(back: CameFrom['back']): Column<TicketRow, TicketOrderField>[] {
  return [
    {
      title: words.portal.fields.number,
      cell: ({ number }) => number,
      sortsBy: 'NUMBER',
    },
    {
      title: words.portal.fields.subject,
      cell: ({ id, subject }) => <TicketLink ticketId={id} subject={subject} back={back} />,
    },
    { title: words.portal.fields.status, cell: ({ status }) => <StatusMark status={status} /> },
    {
      title: words.portal.fields.priority,
      cell: ({ priority }) => <PriorityMark priority={priority} />,
    },
    {
      title: words.portal.fields.client,
      cell: ({ client }) => <span className="gives-way">{client?.name ?? '–'}</span>,
    },
    {
      title: words.portal.fields.assignee,
      cell: ({ assignee }) => <span className="gives-way">{assignee?.name ?? '–'}</span>,
    },
    {
      title: words.portal.fields.updated,
      sortsBy: 'UPDATED_AT',
      cell: ({ updatedAt }) => <Instant at={updatedAt} />,
    },
  ];
}
