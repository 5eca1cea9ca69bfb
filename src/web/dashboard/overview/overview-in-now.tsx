import { Paper, Title } from '@mantine/core';
import { ToCome } from '../../ui/to-come';
import { hoursAndMinutes, writeDuration } from '../../../core/notation/duration';
import { pageLanguage } from '../../format/language';
import { OverviewInNowDocument, type OverviewInNowQuery } from '../../generated/app';
import { useAccountNow } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Empty } from '../../ui/empty';
import { Instant } from '../../ui/instant';
import { Pager, usePaging } from '../../ui/paging';
import { Problem } from '../../ui/problem';
import { words } from '../../words';

/** As many rows as fit above the chart. */
export const inNowSize = 8;

type Pass = NonNullable<OverviewInNowQuery['dayPassConsumptions']>['edges'][number]['node'];

const columns: Column<Pass>[] = [
  { title: words.overview.inNow.agent, cell: ({ agent }) => agent.name },
  {
    title: words.overview.inNow.untilThere,
    cell: ({ expiresAt, expiresAtLocal: local, timeZone }) => (
      <Instant at={expiresAt} there={{ local, timeZone }} isShort />
    ),
  },
  {
    title: words.overview.inNow.untilHere,
    cell: ({ expiresAt }) => <Instant at={expiresAt} isShort />,
  },
  {
    title: words.overview.inNow.left,
    cell: ({ expiresAt }) => <Left until={expiresAt} />,
    isNumber: true,
  },
];

/** The agents with an active pass, the next to end first. */
export function OverviewInNow() {
  const paging = usePaging(null, inNowSize);
  const { data, error, refetch } = useApiQuery(OverviewInNowDocument, paging.variables);
  const passes = data?.dayPassConsumptions;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="in-now">
      <Title order={2} size="h4" id="in-now" mb="sm">
        {words.overview.inNow.title}
      </Title>
      {error && !data && <Problem error={error} retry={() => void refetch()} />}
      {!passes && !error && <ToCome height={200} />}
      {passes?.edges.length === 0 && (
        <Empty title={words.overview.inNow.none}>{words.overview.inNow.noneText}</Empty>
      )}
      {passes && passes.edges.length > 0 && (
        <DataTable
          caption={words.overview.inNow.caption}
          columns={columns}
          rows={passes.edges.map(({ node }) => node)}
        />
      )}
      {passes && <Pager paging={paging} pageInfo={passes.pageInfo} size={inNowSize} />}
    </Paper>
  );
}

/** The time until an instant. */
export function Left({ until }: { until: string }) {
  const nowMs = useAccountNow(15_000);
  if (nowMs === null) return null;
  return writeDuration(hoursAndMinutes(Date.parse(until) - nowMs), pageLanguage);
}
