import { writeCount } from '../../format/count';
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
import { addDays, latestDateOnEarth, type UsageRow } from './overview.rules';
import { datesOf, seriesOf, stackOf } from './usage.rules';

/** The chart's library comes when there is something to draw. */
const UsageChart = lazy(() => import('./usage-chart'));
const chartHeight = 260;

type Group = DayPassUsageGroup | '';
const sources = { API_KEY: 'API key', PORTAL: 'Agent portal', TICKET: 'Ticket' };

/** How many passes are used, by day, and by whom, for whom or through what. */
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
            Passes used
          </Title>
          <Group gap="xs">
            <NativeSelect
              aria-label="Broken down by"
              size="xs"
              value={group}
              onChange={({ currentTarget }) => setGroup(currentTarget.value as Group)}
              data={[
                { value: '', label: 'All together' },
                { value: 'AGENT', label: 'By agent' },
                { value: 'CLIENT', label: 'By client' },
                { value: 'SOURCE', label: 'By source' },
              ]}
            />
            <SegmentedControl
              aria-label="How far back"
              size="xs"
              value={days}
              onChange={setDays}
              data={[
                { value: '30', label: '30 days' },
                { value: '90', label: '90 days' },
              ]}
            />
            <SegmentedControl
              aria-label="Shown as"
              size="xs"
              value={view}
              onChange={setView}
              data={[
                { value: 'chart', label: 'Chart' },
                { value: 'table', label: 'Table' },
              ]}
            />
          </Group>
        </Group>
        {error && !rows && <Problem error={error} retry={() => void refetch()} />}
        {!rows && !error && <Skeleton h={chartHeight} />}
        {rows && (
          // What is shown while another report is on its way is the one before.
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
      <Empty title={`No pass was used since ${writeDate(from)}`}>
        The first time on a day that an occasional agent comes in uses one.
      </Empty>
    );
  }
  const stack = stackOf(series);
  const sums = `${writeCount(used)} used since ${writeDate(from)}`;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {sums}
        {reversed > 0 && `; ${writeCount(reversed)} more were taken back`}
      </Text>
      {isTable && group === '' && <DayTable rows={rows} />}
      {!isTable && (
        <Suspense fallback={<Skeleton h={chartHeight} />}>
          <UsageChart
            dates={dates}
            stack={stack}
            height={chartHeight}
            label={`Passes by day: ${sums}. The table has the same numbers.`}
          />
        </Suspense>
      )}
      {group !== '' && <GroupTable series={series} shown={isTable ? [] : stack} used={used} />}
    </Stack>
  );
}

function labelOf({ key, label }: UsageRow, group: Group): string {
  if (group === '') return 'Passes';
  if (group === 'SOURCE' && key) return sources[key as keyof typeof sources] ?? key;
  if (group === 'CLIENT' && !key) return 'No client';
  return label ?? 'Not shown to you';
}
