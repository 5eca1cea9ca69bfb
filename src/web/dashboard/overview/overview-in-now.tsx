import { Paper, Skeleton, Title } from '@mantine/core';
import { OverviewInNowDocument, type OverviewInNowQuery } from '../../generated/app';
import { useAccountNow } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';

/** As many as stand beside a chart without pushing it away. */
export const inNowSize = 8;

type Pass = NonNullable<OverviewInNowQuery['dayPassConsumptions']>['edges'][number]['node'];

const columns: Column<Pass>[] = [
  { title: 'Agent', cell: ({ agent }) => agent.name },
  {
    title: 'Until, there',
    cell: ({ expiresAt, expiresAtLocal }) => (
      <Instant at={expiresAt} local={expiresAtLocal} isShort />
    ),
  },
  { title: 'Until, for you', cell: ({ expiresAt }) => <Instant at={expiresAt} isShort /> },
  { title: 'Left', cell: ({ expiresAt }) => <Left until={expiresAt} />, isNumber: true },
];

/** Whose passes run, whoever goes next first. */
export function OverviewInNow() {
  const paging = usePaging(null, inNowSize);
  const { data, error, refetch } = useApiQuery(OverviewInNowDocument, paging.variables);
  const passes = data?.dayPassConsumptions;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="in-now">
      <Title order={2} size="h4" id="in-now" mb="sm">
        In now
      </Title>
      {error && !data && <Problem error={error} retry={() => void refetch()} />}
      {!passes && !error && <Skeleton h={200} />}
      {passes?.edges.length === 0 && (
        <Empty title="Nobody is in with a day pass">
          Occasional agents are listed here from the moment they use a pass until their midnight.
        </Empty>
      )}
      {passes && passes.edges.length > 0 && (
        <DataTable
          caption="Agents who are in now"
          columns={columns}
          rows={passes.edges.map(({ node }) => node)}
        />
      )}
      {passes && <Pager paging={paging} pageInfo={passes.pageInfo} size={inNowSize} />}
    </Paper>
  );
}

function Left({ until }: { until: string }) {
  const nowMs = useAccountNow(15_000);
  if (nowMs === null) return null;
  const minutes = Math.max(0, Math.ceil((Date.parse(until) - nowMs) / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
