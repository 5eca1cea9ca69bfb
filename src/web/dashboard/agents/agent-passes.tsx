import {
  AgentPassesDocument,
  type AgentByIdQuery,
  type AgentPassesQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Part } from '../../ui/part';
import { Problem } from '../../ui/problem';
import { RowsToCome } from '../../ui/rows-to-come';
import { useMaySeeTickets } from '../ledger/ledger-news';
import { PassMark } from '../pass-mark';
import { words } from '../../words';
import { writeMoney, writeSums } from '../../format/money';
import { writeClock, writeDate } from '../../format/times';
import { localIn } from '../../format/zone';

const size = 10;

type Pass = NonNullable<
  NonNullable<AgentPassesQuery['agent']>['dayPassConsumptions']
>['edges'][number]['node'];

/** The day passes that an agent used, the newest first. */
export function AgentPasses({ id, recent }: { id: string; recent: Recent }) {
  const paging = usePaging(id, size);
  const withTickets = useMaySeeTickets();
  const { data, error, refetch } = useApiQuery(AgentPassesDocument, {
    id,
    withTickets,
    ...paging.variables,
  });
  const passes = data?.agent?.dayPassConsumptions;
  return (
    <Part title={words.agents.passes.title} says={saysOfRecent(recent)}>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!passes && !error && <RowsToCome rows={3} />}
      {passes?.edges.length === 0 && (
        <Empty title={words.agents.passes.none}>{words.agents.passes.noneText}</Empty>
      )}
      {passes && passes.edges.length > 0 && (
        <div>
          <DataTable
            caption={words.agents.passes.caption}
            columns={withTickets ? columns : columns.filter((one) => !ofTickets.includes(one))}
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

type Recent = NonNullable<AgentByIdQuery['agent']>['recentDayPasses'];

/** What the agent used and cost in 30 days, and when the agent was last in. */
function saysOfRecent(recent: Recent): string | null {
  if (!recent?.lastStartsAt) return null;
  const { consumed, paidByCurrency: paid, lastStartsAt } = recent;
  const passes = words.agents.passes.recent(consumed);
  const cost = paid.length > 0 ? words.agents.passes.recentPaid(passes, writeSums(paid)) : passes;
  const day = writeClock(localIn(Date.parse(lastStartsAt)), 'dateOfYear');
  return words.agents.passes.lastIn(cost, day);
}

/** Only for people who may see tickets. */
const ofTickets: Column<Pass>[] = [
  {
    title: words.agents.passes.ticket,
    cell: ({ ticket }) => (ticket ? `#${ticket.number} ${ticket.subject}` : '–'),
  },
  { title: words.agents.passes.client, cell: ({ client }) => client?.name ?? '–' },
];

const columns: Column<Pass>[] = [
  { title: words.agents.passes.date, cell: ({ localDate }) => writeDate(localDate, 'dateOfYear') },
  {
    title: words.agents.passes.from,
    cell: ({ startsAt, startsAtLocal: local, timeZone }) => (
      <Instant at={startsAt} there={{ local, timeZone }} />
    ),
  },
  {
    title: words.agents.passes.until,
    cell: ({ expiresAt, expiresAtLocal: local, timeZone }) => (
      <Instant at={expiresAt} there={{ local, timeZone }} />
    ),
  },
  {
    title: words.agents.passes.status,
    cell: ({ status }) => <PassMark status={status} />,
  },
  ...ofTickets,
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
