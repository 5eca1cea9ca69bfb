import { useMemo } from 'react';
import { writeCount } from '../../format/count';
import { writeSums } from '../../format/money';
import {
  ClientsDocument,
  RecentOfClientsDocument,
  type ClientsQuery,
  type RecentOfClientsQuery,
} from '../../generated/app';
import { useAccountClock } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { SearchInput } from '../../ui/search-input';
import { useParameters } from '../../ui/use-parameters';
import { useTitle } from '../../ui/use-title';
import { words } from '../../words';
import { AdminPage } from '../admin-page';
import { clientPath, NameLink } from '../links';
import { NeedsTickets } from './needs-tickets';

type ListedClient = NonNullable<ClientsQuery['clients']>['edges'][number]['node'];

const recentMs = 30 * 86_400_000;

/** The clients of the account, with what their tickets have cost recently. */
export function Clients() {
  useTitle(words.clients.title);
  return (
    <AdminPage title={words.clients.title}>
      <NeedsTickets>
        <ClientList />
      </NeedsTickets>
    </AdminPage>
  );
}

function ClientList() {
  const { get, set } = useParameters();
  const search = get('q');
  const paging = usePaging(search);
  const { data, error, refetch } = useApiQuery(ClientsDocument, { search, ...paging.variables });
  const recent = useRecent();
  const columns = useMemo(() => columnsWith(recent), [recent]);
  const list = data?.clients;
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  return (
    <div className="stack" data-gap="sm">
      <SearchInput
        label={words.clients.search}
        placeholder={words.clients.searchPlaceholder}
        value={search ?? ''}
        onSearch={(q) => set({ q })}
      />
      {!list && <RowsToCome />}
      {list?.edges.length === 0 &&
        (search ? (
          <Empty title={words.clients.noMatch}>{words.clients.noMatchText}</Empty>
        ) : (
          <Empty title={words.clients.none}>{words.clients.noneText}</Empty>
        ))}
      {list && list.edges.length > 0 && (
        <div>
          <DataTable<ListedClient>
            caption={words.clients.title}
            columns={columns}
            rows={list.edges.map(({ node }) => node)}
          />
          <Pager paging={paging} pageInfo={list.pageInfo} totalCount={list.totalCount} />
        </div>
      )}
    </div>
  );
}

function columnsWith(recent: Recent): Column<ListedClient>[] {
  return [
    {
      title: words.clients.client,
      cell: ({ id, name, externalId }) => (
        <>
          <NameLink to={clientPath(id)} name={name} isMain />
          {externalId && <span className="second-line">{externalId}</span>}
        </>
      ),
    },
    { title: words.clients.used, isNumber: true, cell: ({ id }) => usedBy(recent, id) },
    {
      title: words.clients.paid,
      isNumber: true,
      cell: ({ id }) => writeSums(recent?.get(id)?.paidByCurrency ?? []),
    },
  ];
}

type Sum = NonNullable<RecentOfClientsQuery['dayPassConsumptionSums']>[number];
type Recent = ReadonlyMap<string | null, Sum> | null;

/** The service lists as many groups, the largest first. */
const groupsMax = 1_000;

function usedBy(recent: Recent, id: string): string {
  const consumed = recent?.get(id)?.consumed ?? 0;
  const isKnown = recent !== null && (consumed > 0 || recent.size < groupsMax);
  return isKnown ? writeCount(consumed) : '–';
}

/** The sums of the last 30 days by client; the service adds them up. */
function useRecent(): Recent {
  const clock = useAccountClock().data;
  // To the day: an answer that is a minute old is the same.
  const dayMs = Math.floor((clock?.serviceMs ?? 0) / 86_400_000) * 86_400_000;
  const { data } = useApiQuery(
    RecentOfClientsDocument,
    { from: new Date(dayMs - recentMs).toISOString() },
    { enabled: clock !== undefined },
  );
  const sums = data?.dayPassConsumptionSums;
  return useMemo(() => (sums ? new Map(sums.map((sum) => [sum.key, sum])) : null), [sums]);
}
