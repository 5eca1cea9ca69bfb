import { writeCount } from '../../format/count';
import { DataTable, type Column } from '../../ui/data-table';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';
import { TwoLines } from '../ledger/ledger-lines';
import type { UsageRow } from './overview.rules';
import type { UsageSeries } from './usage.rules';
import { words } from '../../words';

interface Counts {
  id: string;
  consumed: number;
  reversed: number;
  emergency: number;
  paid?: UsageRow['paid'];
  cost?: UsageRow['cost'];
}

const counts: Column<Counts>[] = [
  {
    title: words.overview.usage.columns.used,
    cell: ({ consumed }) => writeCount(consumed),
    isNumber: true,
  },
  {
    title: words.overview.usage.columns.reversed,
    cell: ({ reversed }) => writeCount(reversed),
    isNumber: true,
  },
  {
    title: words.overview.usage.columns.emergency,
    cell: ({ emergency }) => writeCount(emergency),
    isNumber: true,
  },
  {
    title: words.ledger.fields.paidAndPrice,
    cell: ({ paid, cost }) => (
      <TwoLines
        first={paid ? writeMoney(paid) : '–'}
        second={cost ? words.ledger.listPrice(writeMoney(cost)) : null}
      />
    ),
    isNumber: true,
  },
];

/** The chart's numbers, the newest day first, without days that have no passes. */
export function DayTable({ rows }: { rows: readonly UsageRow[] }) {
  const days = rows
    .filter(({ consumed, reversed }) => consumed + reversed > 0)
    .map((row) => ({ ...row, id: row.periodStart }))
    .reverse();
  return (
    <div className="tall">
      <DataTable<Counts & { periodStart: string }>
        caption={words.overview.usage.byDay}
        columns={[
          {
            title: words.overview.usage.day,
            cell: ({ periodStart }) => writeDate(periodStart, 'weekdayDate'),
          },
          ...counts,
        ]}
        rows={days}
      />
    </div>
  );
}

/** Passes used by each agent, client or source; beside a chart, with its colours. */
export function GroupTable({
  series,
  shown,
  used,
}: {
  series: readonly UsageSeries[];
  shown: readonly UsageSeries[];
  used: number;
}) {
  const colorOf = (id: string) => {
    if (shown.length === 0) return null;
    const at = shown.findIndex((one) => one.id === id);
    return at >= 0 ? at : shown.length - 1;
  };
  return (
    <div className="tall">
      <DataTable<UsageSeries>
        caption={words.overview.usage.byGroup}
        columns={[
          {
            title: words.overview.usage.name,
            cell: ({ id, label }) => <Name label={label} color={colorOf(id)} />,
          },
          ...counts.slice(0, 1),
          {
            title: words.overview.usage.share,
            cell: ({ consumed }) =>
              used > 0 ? words.overview.usage.shareOf(Math.round((100 * consumed) / used)) : '–',
            isNumber: true,
          },
          ...counts.slice(1),
        ]}
        rows={series}
      />
    </div>
  );
}

function Name({ label, color }: { label: string; color: number | null }) {
  return (
    <>
      {color !== null && <span className="swatch" data-color={color} aria-hidden />}
      {label}
    </>
  );
}
