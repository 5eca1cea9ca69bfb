import { writeCount } from '../../format/count';
import { DataTable, type Column } from '../../ui/data-table';
import { writeSums } from '../../format/money';
import { NameLink } from '../links';
import { TwoLines } from '../ledger/ledger-lines';
import type { UsageSeries } from './usage.rules';
import { words } from '../../words';

interface Counts {
  id: string;
  consumed: number;
  reversed: number;
  emergency: number;
  paid: UsageSeries['paid'];
  cost: UsageSeries['cost'];
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
    isShownFor: (rows) => rows.some(({ reversed }) => reversed > 0),
  },
  {
    title: words.overview.usage.columns.emergency,
    cell: ({ emergency }) => writeCount(emergency),
    isNumber: true,
    isShownFor: (rows) => rows.some(({ emergency }) => emergency > 0),
  },
  {
    title: words.ledger.fields.paidAndPrice,
    cell: ({ paid, cost }) => (
      <TwoLines
        first={writeSums(paid)}
        second={cost.length > 0 ? words.ledger.listPrice(writeSums(cost)) : null}
      />
    ),
    isNumber: true,
  },
];

/** Passes used by each agent, client or source. */
export function GroupTable({
  series,
  used,
  pathOf,
}: {
  series: readonly UsageSeries[];
  used: number;
  /** The page of a row; null: it has no page. */
  pathOf: ((id: string) => string) | null;
}) {
  return (
    <div className="tall">
      <DataTable<UsageSeries>
        caption={words.overview.usage.byGroup}
        columns={[
          {
            title: words.overview.usage.name,
            // Passes without a client have no id.
            cell: ({ id, label }) =>
              pathOf && id ? <NameLink to={pathOf(id)} name={label} /> : label,
          },
          ...counts.slice(0, 1),
          {
            title: words.overview.usage.share,
            cell: ({ consumed }) => <Share part={consumed} of={used} />,
            isNumber: true,
          },
          ...counts.slice(1),
        ]}
        rows={series}
      />
    </div>
  );
}

function Share({ part, of }: { part: number; of: number }) {
  if (of === 0) return '–';
  const percent = Math.round((100 * part) / of);
  return (
    <div className="share">
      <div className="share-bar" aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </div>
      <span className="share-of">{words.overview.usage.shareOf(percent)}</span>
    </div>
  );
}
