import { Text } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import '../../ui/part.css';
import './ledger.css';
import { ToCome } from '../../ui/to-come';
import { writeCount } from '../../format/count';
import { writeMoney, writeSums } from '../../format/money';
import {
  LedgerSubtotalsDocument,
  LedgerTotalDocument,
  type DayPassConsumptionFilter,
  type DayPassConsumptionGroup,
  type LedgerSubtotalsQuery,
} from '../../generated/app';
import { useApiQuery } from '../../session/use-api-query';
import { DataTable, type Column } from '../../ui/data-table';
import { Problem } from '../../ui/problem';
import { Segments } from '../../ui/segments';
import { words } from '../../words';
import { agentPath, clientPath, NameLink, ticketPath } from '../links';

export type Sum = NonNullable<LedgerSubtotalsQuery['dayPassConsumptionSums']>[number];

/** Count and sum of the whole list under its filter, and subtotals. The service adds them up. */
export const Totals = memo(function Totals({
  filter,
  groups: offered,
  first = '',
}: {
  filter: DayPassConsumptionFilter;
  /** What the sums can be grouped by. */
  groups: readonly DayPassConsumptionGroup[];
  /** How they are grouped at first. */
  first?: Grouped;
}) {
  const [group, setGroup] = useState<Grouped>(first);
  const { data, error, refetch } = useApiQuery(LedgerTotalDocument, { filter });
  // Read at the same time as the total, not after it.
  const subtotals = useSubtotals(filter, group);
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <ToCome height={58} />;
  const [total] = data.dayPassConsumptionSums ?? [];
  return (
    <section className="part totals stack" data-gap="xs" aria-label={words.ledger.totals.title}>
      <div className="totals-head">
        <div className="totals-facts">
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
        </div>
        <Grouping {...{ group, offered }} onChange={setGroup} />
      </div>
      {group !== '' && <Groups subtotals={subtotals} groupBy={group} />}
    </section>
  );
});

type Grouped = DayPassConsumptionGroup | '';

/** Chooses what the sums are grouped by. New sums do not draw it again. */
const Grouping = memo(function Grouping({
  group,
  offered,
  onChange,
}: {
  group: Grouped;
  offered: readonly DayPassConsumptionGroup[];
  onChange: (group: Grouped) => void;
}) {
  return (
    <Segments
      label={words.ledger.totals.group}
      value={group}
      onChange={onChange}
      choices={[
        { value: '' as const, label: words.ledger.totals.none },
        ...offered.map((value) => ({ value, label: words.ledger.totals.by[value] })),
      ]}
    />
  );
});

/** A browser draws this many rows without a delay that people notice; a statement on paper has all. */
const groupsMax = 100;

export function subtotalsOf(filter: DayPassConsumptionFilter, groupBy: DayPassConsumptionGroup) {
  return { filter, groupBy, top: groupsMax };
}

function useSubtotals(filter: DayPassConsumptionFilter, group: Grouped) {
  return useApiQuery(LedgerSubtotalsDocument, subtotalsOf(filter, group || 'AGENT'), {
    enabled: group !== '',
  });
}

function Groups({
  subtotals,
  groupBy,
}: {
  subtotals: ReturnType<typeof useSubtotals>;
  groupBy: DayPassConsumptionGroup;
}) {
  const { data, error, refetch } = subtotals;
  if (error && !data) return <Problem error={error} retry={() => void refetch()} />;
  if (!data) return <ToCome height={120} />;
  const groups = data.dayPassConsumptionSums ?? [];
  if (groups.length === 0) return null;
  return (
    <>
      <Subtotals groups={groups} by={groupBy} />
      {groups.length === groupsMax && (
        <Text size="sm" c="dimmed">
          {words.overview.usage.largestOnly(groupsMax)}
        </Text>
      )}
    </>
  );
}

/** Sums by group. */
export function Subtotals({ groups, by }: { groups: readonly Sum[]; by: DayPassConsumptionGroup }) {
  const rows = useMemo(() => groups.map((group) => ({ ...group, id: group.key ?? '' })), [groups]);
  const columns = useMemo(() => columnsBy(by), [by]);
  return (
    <div className="tall">
      <DataTable caption={words.ledger.totals.sumsBy[by]} {...{ columns, rows }} />
    </div>
  );
}

function columnsBy(by: DayPassConsumptionGroup): Column<Sum & { id: string }>[] {
  return [
    {
      title: words.ledger.totals.of[by],
      cell: (sum) => <GroupName sum={sum} by={by} />,
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
      isShownFor: (sums) => sums.some(({ reversed }) => reversed > 0),
    },
    {
      title: words.ledger.totals.paid,
      isNumber: true,
      cell: ({ paidByCurrency }) => writeSums(paidByCurrency),
    },
  ];
}

const paths = { AGENT: agentPath, CLIENT: clientPath, TICKET: ticketPath };

/** The name of a group, which leads to its page. */
function GroupName({ sum, by }: { sum: Sum; by: DayPassConsumptionGroup }) {
  const { key, label, unitPrice } = sum;
  if (by === 'PRICE') return unitPrice ? writeMoney(unitPrice) : words.ledger.totals.unpaid;
  if (!key) return words.ledger.totals.without[by];
  return label ? <NameLink to={paths[by](key)} name={label} /> : words.overview.usage.hidden;
}

function Fact({ label, name, children }: { label: string; name: string; children: string }) {
  return (
    <div>
      <div className="second-line">{label}</div>
      <div className="totals-fact number" data-fact={name}>
        {children}
      </div>
    </div>
  );
}
