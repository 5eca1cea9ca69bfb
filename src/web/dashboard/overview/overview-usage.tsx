import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import {
  OverviewUsageByGroupDocument,
  type DayPassUsageGroup,
  type OverviewUsageByGroupQuery,
} from '../../generated/app';
import { ToCome } from '../../ui/to-come';
import { writeDate } from '../../format/times';
import { dateIn } from '../../format/zone';
import { useAccountClock } from '../../session/use-account-now';
import { useApiQuery } from '../../session/use-api-query';
import { useViewer } from '../../session/viewer';
import { Empty } from '../../ui/empty';
import { SelectField } from '../../ui/fields';
import { Problem } from '../../ui/problem';
import { Segments } from '../../ui/segments';
import { agentPath, clientPath } from '../links';
import { GroupTable } from './usage-tables';
import { addDays } from '../../format/calendar';
import { latestDateOnEarth } from './overview.rules';
import { seriesOf } from './usage.rules';
import { words } from '../../words';
import { textOf } from '../../words/text-of';

type Group = DayPassUsageGroup;
type GroupRow = NonNullable<OverviewUsageByGroupQuery['groups']>[number];
type Total = NonNullable<OverviewUsageByGroupQuery['total']>;

/** A browser draws this many rows without a delay that people notice; an account may have thousands. */
const groupsMax = 100;

const paths = { AGENT: agentPath, CLIENT: clientPath, SOURCE: null };

/** Who used passes: by agent, client or source. */
export function OverviewUsage() {
  const [days, setDays] = useState('30');
  const [group, setGroup] = useState<Group>('AGENT');
  const { timeZone } = useViewer().account;
  const clock = useAccountClock().data;
  const today = dateIn(clock?.serviceMs ?? 0, timeZone);
  const from = addDays(today, 1 - Number(days));
  const { data, error, refetch, isPlaceholderData } = useApiQuery(
    OverviewUsageByGroupDocument,
    {
      from,
      to: latestDateOnEarth(clock?.serviceMs ?? 0),
      groupBy: group,
      top: groupsMax,
    },
    { enabled: clock !== undefined },
  );
  const rows = data?.groups;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="usage">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="usage">
            {words.overview.usage.title}
          </Title>
          <Group gap="xs">
            <SelectField
              label={words.overview.usage.groupBy}
              isLabelHidden
              isSmall
              value={group}
              onChange={(chosen) => setGroup(chosen as Group)}
              choices={[
                { value: 'AGENT', label: words.overview.usage.groups.AGENT },
                { value: 'CLIENT', label: words.overview.usage.groups.CLIENT },
                { value: 'SOURCE', label: words.overview.usage.groups.SOURCE },
              ]}
            />
            <Segments
              label={words.overview.usage.period}
              value={days}
              onChange={setDays}
              choices={[
                { value: '30', label: words.overview.usage.days30 },
                { value: '90', label: words.overview.usage.days90 },
              ]}
            />
          </Group>
        </Group>
        {error && !rows && <Problem error={error} retry={() => void refetch()} />}
        {!rows && !error && <ToCome height={240} />}
        {rows && (
          // While another report loads, the former one is shown.
          <div aria-busy={isPlaceholderData} data-fact="usage">
            <Report rows={rows} total={data.total ?? []} from={from} group={group} />
          </div>
        )}
      </Stack>
    </Paper>
  );
}

function Report({
  rows,
  total,
  from,
  group,
}: {
  rows: readonly GroupRow[];
  total: Total;
  from: string;
  group: Group;
}) {
  const series = seriesOf(rows, (row) => labelOf(row, group));
  const used = total.reduce((sum, { consumed }) => sum + consumed, 0);
  const reversed = total.reduce((sum, one) => sum + one.reversed, 0);
  if (used + reversed === 0) {
    return (
      <Empty title={words.overview.usage.none(writeDate(from))}>
        {words.overview.usage.noneText}
      </Empty>
    );
  }
  const sums = words.overview.usage.used(used, writeDate(from));
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {reversed > 0 ? words.overview.usage.usedAndReversed(sums, reversed) : sums}
      </Text>
      <GroupTable series={series} used={used} pathOf={paths[group]} />
      {series.length === groupsMax && (
        <Text size="sm" c="dimmed">
          {words.overview.usage.largestOnly(groupsMax)}
        </Text>
      )}
    </Stack>
  );
}

function labelOf({ key, label }: GroupRow, group: Group): string {
  if (group === 'SOURCE' && key) return textOf(words.ledger.source, key) ?? key;
  if (group === 'CLIENT' && !key) return words.overview.usage.noClient;
  return label ?? words.overview.usage.hidden;
}
