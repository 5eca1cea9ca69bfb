import { writeCount } from '../../format/count';
import { DataTable, type Column } from '../../ui/data-table';
import { writeMoney } from '../../format/money';
import { writeDate } from '../../format/times';
import type { UsageRow } from './overview.rules';
import type { UsageSeries } from './usage.rules';

interface Counts {
  id: string;
  consumed: number;
  reversed: number;
  emergency: number;
  cost?: UsageRow['cost'];
}

const counts: Column<Counts>[] = [
  { title: 'Used', cell: ({ consumed }) => writeCount(consumed), isNumber: true },
  { title: 'Taken back', cell: ({ reversed }) => writeCount(reversed), isNumber: true },
  { title: 'Emergency', cell: ({ emergency }) => writeCount(emergency), isNumber: true },
  { title: 'At list price', cell: ({ cost }) => (cost ? writeMoney(cost) : '–'), isNumber: true },
];

/** The chart in numbers, the newest day first; days without any pass are left out. */
export function DayTable({ rows }: { rows: readonly UsageRow[] }) {
  const days = rows
    .filter(({ consumed, reversed }) => consumed + reversed > 0)
    .map((row) => ({ ...row, id: row.periodStart }))
    .reverse();
  return (
    <div className="tall">
      <DataTable<Counts & { periodStart: string }>
        caption="Passes used by day"
        columns={[
          {
            title: 'Day',
            cell: ({ periodStart }) => writeDate(periodStart, 'weekdayDate'),
          },
          ...counts,
        ]}
        rows={days}
      />
    </div>
  );
}

/** Who or what used how many; beside a chart it says which colour is whose. */
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
        caption="Passes used, by whom or what"
        columns={[
          {
            title: 'Name',
            cell: ({ id, label }) => <Name label={label} color={colorOf(id)} />,
          },
          ...counts.slice(0, 1),
          {
            title: 'Share',
            cell: ({ consumed }) => (used > 0 ? `${Math.round((100 * consumed) / used)} %` : '–'),
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
