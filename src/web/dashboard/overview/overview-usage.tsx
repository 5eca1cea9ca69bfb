import {
  Group,
  NativeSelect,
  Paper,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { OverviewUsageDocument, type DayPassUsageGroup } from '../../generated/app';
import { writeDate } from '../../format/times';
import { dateIn } from '../../format/zone';
import { useAccountClock } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { Empty } from '../../ui/empty';
import { Problem } from '../../ui/problem';
import { DayTable, GroupTable } from './usage-tables';
import { addDays } from '../../format/calendar';
import { latestDateOnEarth, type UsageRow } from './overview.rules';
import { datesOf, seriesOf, stackOf } from './usage.rules';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

/** The chart's library loads when there is something to draw. */
const UsageChart = lazy(() => import('./usage-chart'));
const chartHeight = 260;

type Group = DayPassUsageGroup | '';

/** Passes used by day, grouped by agent, client or source. */
export function OverviewUsage() {
  const [days, setDays] = useState('30');
  const [group, setGroup] = useState<Group>('');
  const [view, setView] = useState('chart');
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const today = dateIn(clock?.serviceMs ?? 0, timeZone);
  const from = addDays(today, 1 - Number(days));
  const { data, error, refetch, isPlaceholderData } = useApiQuery(
    OverviewUsageDocument,
    {
      from,
      to: latestDateOnEarth(clock?.serviceMs ?? 0),
      interval: 'DAY',
      groupBy: group || null,
    },
    { enabled: clock !== undefined },
  );
  const rows = data?.dayPassUsage;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="usage">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="usage">
            {words.overview.usage.title}
          </Title>
          <Group gap="xs">
            <NativeSelect
              aria-label={words.overview.usage.groupBy}
              size="xs"
              value={group}
              onChange={({ currentTarget }) => setGroup(currentTarget.value as Group)}
              data={[
                { value: '', label: words.overview.usage.groups.all },
                { value: 'AGENT', label: words.overview.usage.groups.AGENT },
                { value: 'CLIENT', label: words.overview.usage.groups.CLIENT },
                { value: 'SOURCE', label: words.overview.usage.groups.SOURCE },
              ]}
            />
            <SegmentedControl
              aria-label={words.overview.usage.period}
              size="xs"
              value={days}
              onChange={setDays}
              data={[
                { value: '30', label: words.overview.usage.days30 },
                { value: '90', label: words.overview.usage.days90 },
              ]}
            />
            <SegmentedControl
              aria-label={words.overview.usage.view}
              size="xs"
              value={view}
              onChange={setView}
              data={[
                { value: 'chart', label: words.overview.usage.chart },
                { value: 'table', label: words.overview.usage.table },
              ]}
            />
          </Group>
        </Group>
        {error && !rows && <Problem error={error} retry={() => void refetch()} />}
        {!rows && !error && <Skeleton h={chartHeight} />}
        {rows && (
          // While another report loads, the former one is shown.
          <div aria-busy={isPlaceholderData} data-fact="usage">
            <Report rows={rows} {...{ from, today, group, isTable: view === 'table' }} />
          </div>
        )}
      </Stack>
    </Paper>
  );
}

function Report({
  rows,
  from,
  today,
  group,
  isTable,
}: {
  rows: readonly UsageRow[];
  from: string;
  today: string;
  group: Group;
  isTable: boolean;
}) {
  const dates = datesOf(rows, { from, today });
  const series = seriesOf(rows, dates, (row) => labelOf(row, group));
  const used = series.reduce((sum, { consumed }) => sum + consumed, 0);
  const reversed = series.reduce((sum, one) => sum + one.reversed, 0);
  if (used + reversed === 0) {
    return (
      <Empty title={words.overview.usage.none(writeDate(from))}>
        {words.overview.usage.noneText}
      </Empty>
    );
  }
  const stack = stackOf(series);
  const sums = words.overview.usage.used(used, writeDate(from));
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {reversed > 0 ? words.overview.usage.usedAndReversed(sums, reversed) : sums}
      </Text>
      {isTable && group === '' && <DayTable rows={rows} />}
      {!isTable && (
        <Suspense fallback={<Skeleton h={chartHeight} />}>
          <UsageChart
            dates={dates}
            stack={stack}
            height={chartHeight}
            label={words.overview.usage.chartLabel(sums)}
          />
        </Suspense>
      )}
      {group !== '' && <GroupTable series={series} shown={isTable ? [] : stack} used={used} />}
    </Stack>
  );
}

function labelOf({ key, label }: UsageRow, group: Group): string {
  if (group === '') return words.overview.usage.passes;
  if (group === 'SOURCE' && key) return textOf(words.ledger.source, key) ?? key;
  if (group === 'CLIENT' && !key) return words.overview.usage.noClient;
  return label ?? words.overview.usage.hidden;
}
