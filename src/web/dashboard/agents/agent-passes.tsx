import { AgentPassesDocument, type AgentPassesQuery } from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { PassMark } from '../pass-mark';
import { words } from '../../words';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';

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
    <Part title={words.agents.passes.title}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!passes && !error && <RowsToCome rows={3} />}
      {passes?.edges.length === 0 && (
        <Empty title={words.agents.passes.none}>{words.agents.passes.noneText}</Empty>
      )}
      {passes && passes.edges.length > 0 && (
        <div>
          <DataTable
            caption={words.agents.passes.caption}
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

const columns: Column<Pass>[] = [
  { title: words.agents.passes.date, cell: ({ localDate }) => writeDate(localDate, 'dateOfYear') },
  {
    title: words.agents.passes.from,
    cell: ({ startsAt, startsAtLocal }) => <Instant at={startsAt} local={startsAtLocal} />,
  },
  {
    title: words.agents.passes.until,
    cell: ({ expiresAt, expiresAtLocal }) => <Instant at={expiresAt} local={expiresAtLocal} />,
  },
  {
    title: words.agents.passes.status,
    cell: ({ status }) => <PassMark status={status} />,
  },
  { title: words.agents.passes.source, cell: ({ source }) => words.ledger.source[source] },
  {
    title: words.agents.passes.paid,
    isNumber: true,
    cell: ({ paid }) => (paid ? writeMoney(paid) : '–'),
  },
  {
    title: words.agents.passes.price,
    isNumber: true,
    cell: ({ consent }) => (consent?.price ? writeMoney(consent.price) : '–'),
  },
  {
    title: words.agents.passes.wallet,
    cell: ({ wallet, emergency }) =>
      emergency ? words.agents.passes.belowZero(wallet.name) : wallet.name,
  },
];
