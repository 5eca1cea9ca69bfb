import { Group, Paper, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { writeCount } from '../../format/count';
import { writeSums } from '../../format/money';
import {
  LedgerSumsDocument,
  type DayPassConsumptionFilter,
  type DayPassConsumptionGroup,
  type LedgerSumsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable } from '../../ui/data-table';
import { LongTable } from '../../ui/long-table';
import { Problem } from '../../ui/problem';
import { words } from '../../words';

export type Sum = NonNullable<LedgerSumsQuery['groups']>[number];

/** Count and sum of the whole list under its filter, and subtotals by agent or client. */
export function Totals({
  filter,
  withClients,
}: {
  filter: DayPassConsumptionFilter;
  withClients: boolean;
}) {
  const [group, setGroup] = useState<DayPassConsumptionGroup | ''>('');
  const { data, error, refetch } = useApiQuery(LedgerSumsDocument, {
    filter,
    groupBy: group || 'AGENT',
    withGroups: group !== '',
  });
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton height={58} />;
  const [total] = data.total ?? [];
  const groups = group === '' ? [] : (data.groups ?? []);
  return (
    <Paper withBorder px="md" py="xs" component="section" aria-label={words.ledger.totals.title}>
      <Stack gap="xs">
        <Group justify="space-between" gap="sm">
          <Group gap="xl">
            <Fact label={words.ledger.totals.count} name="count">
              {writeCount(total?.consumed ?? 0)}
            </Fact>
            <Fact label={words.ledger.totals.paid} name="paid">
              {writeSums(total?.paidByCurrency ?? [])}
            </Fact>
            {(total?.reversed ?? 0) > 0 && (
              <Fact label={words.ledger.totals.reversed} name="reversed">
                {writeCount(total!.reversed)}
              </Fact>
            )}
          </Group>
          <SegmentedControl
            size="xs"
            aria-label={words.ledger.totals.by}
            value={group}
            onChange={setGroup}
            data={
              [
                { value: '', label: words.ledger.totals.none },
                { value: 'AGENT', label: words.ledger.totals.byAgent },
                ...(withClients ? [{ value: 'CLIENT', label: words.ledger.totals.byClient }] : []),
              ] as { value: DayPassConsumptionGroup | ''; label: string }[]
            }
          />
        </Group>
        {groups.length > 0 && <Subtotals groups={groups} isByClient={group === 'CLIENT'} />}
      </Stack>
    </Paper>
  );
}

/** Sums by agent or client. On paper all of them, on a screen as many as it draws quickly. */
export function Subtotals({
  groups,
  isByClient,
  isPrinted = false,
}: {
  groups: readonly Sum[];
  isByClient: boolean;
  isPrinted?: boolean;
}) {
  const Rows = isPrinted ? DataTable<Sum & { id: string }> : LongTable<Sum & { id: string }>;
  return (
    <div className="tall">
      <Rows
        caption={isByClient ? words.ledger.totals.sumsByClient : words.ledger.totals.sumsByAgent}
        columns={[
          {
            title: isByClient ? words.ledger.fields.client : words.ledger.fields.agent,
            cell: ({ key, label }) =>
              label ?? (key ? words.overview.usage.hidden : words.overview.usage.noClient),
          },
          {
            title: words.ledger.totals.count,
            isNumber: true,
            cell: ({ consumed }) => writeCount(consumed),
          },
          {
            title: words.ledger.totals.reversed,
            isNumber: true,
            cell: ({ reversed }) => writeCount(reversed),
          },
          {
            title: words.ledger.totals.paid,
            isNumber: true,
            cell: ({ paidByCurrency }) => writeSums(paidByCurrency),
          },
        ]}
        rows={groups.map((group) => ({ ...group, id: group.key ?? '' }))}
      />
    </div>
  );
}

function Fact({ label, name, children }: { label: string; name: string; children: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fw={600} className="number" data-fact={name}>
        {children}
      </Text>
    </div>
  );
}
