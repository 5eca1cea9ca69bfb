import {
  AgentPassesDocument,
  type AgentPassesQuery,
  type DayPassSource,
  type DayPassStatus,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Mark } from '../../ui/mark';
import { Pager, usePaging } from '../../ui/paging';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';

const size = 10;

type Pass = NonNullable<
  NonNullable<AgentPassesQuery['agent']>['dayPassConsumptions']
>['edges'][number]['node'];

/** The day passes that an agent used, the newest first. */
export function AgentPasses({ id }: { id: string }) {
  const paging = usePaging(id, size);
  const { data, error, refetch } = useApiQuery(AgentPassesDocument, { id, ...paging.variables });
  const passes = data?.agent?.dayPassConsumptions;
  return (
    <Part title="Day passes used lately">
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!passes && !error && <RowsToCome rows={3} />}
      {passes?.edges.length === 0 && (
        <Empty title="None yet">Passes are listed here as soon as one is used.</Empty>
      )}
      {passes && passes.edges.length > 0 && (
        <div>
          <DataTable
            caption="The passes, the newest first"
            columns={columns}
            rows={passes.edges.map(({ node }) => node)}
          />
          <Pager
            paging={paging}
            pageInfo={passes.pageInfo}
            totalCount={passes.totalCount}
            size={size}
          />
        </div>
      )}
    </Part>
  );
}

const statuses: Record<DayPassStatus, { says: string; color: string }> = {
  ACTIVE: { says: 'Running', color: 'teal' },
  EXPIRED: { says: 'Ended', color: 'gray' },
  REVERSED: { says: 'Taken back', color: 'orange' },
};

const sources: Record<DayPassSource, string> = {
  PORTAL: 'Agent portal',
  TICKET: 'A ticket',
  API_KEY: 'An API key',
};

const columns: Column<Pass>[] = [
  { title: 'For', cell: ({ localDate }) => localDate },
  {
    title: 'From',
    cell: ({ startsAt, startsAtLocal }) => <Instant at={startsAt} local={startsAtLocal} />,
  },
  {
    title: 'Until',
    cell: ({ expiresAt, expiresAtLocal }) => <Instant at={expiresAt} local={expiresAtLocal} />,
  },
  {
    title: 'State',
    cell: ({ status }) => <Mark {...statuses[status]} />,
  },
  { title: 'Came in by', cell: ({ source }) => sources[source] },
  {
    title: 'Wallet',
    cell: ({ wallet, emergency }) => `${wallet.name}${emergency ? ', below zero' : ''}`,
  },
];
