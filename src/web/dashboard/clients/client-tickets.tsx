import { ClientTicketsDocument, type ClientTicketsQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Day, Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { words } from '../../words';
import { agentPath, NameLink, ticketPath } from '../links';

/** Rows of one page. */
export const ticketsShown = 10;

/** The tickets of a client that were created in a period. */
export function ticketsOf(
  clientId: string,
  { from, to }: { from?: string | null; to?: string | null },
) {
  return { clientId, createdSince: from, createdBefore: to };
}

type Ticket = NonNullable<ClientTicketsQuery['tickets']>['edges'][number]['node'];

/** The tickets of a client that were created in a period, the newest first. */
export function ClientTickets({
  clientId,
  from,
  to,
}: {
  clientId: string;
  /** The first instant of the period, and the first one after it. */
  from?: string | null;
  to?: string | null;
}) {
  const filter = ticketsOf(clientId, { from, to });
  const paging = usePaging(filter, ticketsShown);
  const { data, error, refetch, isPlaceholderData } = useApiQuery(ClientTicketsDocument, {
    ...filter,
    ...paging.variables,
  });
  const list = data?.tickets;
  return (
    <Part title={words.clients.tickets} description={words.clients.ticketsText}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!list && !error && <RowsToCome rows={3} />}
      {list?.edges.length === 0 &&
        (from || to ? (
          <Empty title={words.clients.noTicketsThen}>{words.history.noMatchText}</Empty>
        ) : (
          <Empty title={words.clients.noTickets}>{words.clients.noTicketsText}</Empty>
        ))}
      {list && list.edges.length > 0 && (
        <div aria-busy={isPlaceholderData}>
          <DataTable
            caption={words.clients.ticketsCaption}
            columns={columns}
            rows={list.edges.map(({ node }) => node)}
          />
          <Pager
            paging={paging}
            pageInfo={list.pageInfo}
            totalCount={list.totalCount}
            size={ticketsShown}
          />
        </div>
      )}
    </Part>
  );
}

const columns: Column<Ticket>[] = [
  { title: words.portal.fields.number, isNumber: true, cell: ({ number }) => number },
  {
    title: words.portal.fields.subject,
    cell: ({ id, subject }) => <NameLink to={ticketPath(id)} name={subject} />,
  },
  { title: words.portal.fields.status, cell: ({ status }) => words.portal.status[status] },
  { title: words.portal.fields.priority, cell: ({ priority }) => words.portal.priority[priority] },
  {
    title: words.portal.fields.assignee,
    cell: ({ assignee }) =>
      assignee ? <NameLink to={agentPath(assignee.id)} name={assignee.name} /> : '–',
  },
  { title: words.portal.fields.created, cell: ({ createdAt }) => <Day at={createdAt} /> },
  { title: words.portal.fields.updated, cell: ({ updatedAt }) => <Instant at={updatedAt} /> },
];
