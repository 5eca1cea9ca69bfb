import type { OverviewUsageByGroupQuery } from '../../generated/app';

type GroupRow = NonNullable<OverviewUsageByGroupQuery['groups']>[number];
type Amount = GroupRow['paidByCurrency'][number];

/** The use of one key of the group. */
export interface UsageSeries {
  /** The key; empty: passes without a client. */
  id: string;
  label: string;
  consumed: number;
  reversed: number;
  emergency: number;
  /** What was paid for the passes, by currency. */
  paid: Amount[];
  /** Their list prices, by currency. */
  cost: Amount[];
}

/** The rows by their keys, the largest first. */
export function seriesOf(
  rows: readonly GroupRow[],
  labelOf: (row: GroupRow) => string,
): UsageSeries[] {
  const byKey = new Map<string, GroupRow[]>();
  for (const row of rows) {
    const key = row.key ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey]
    .map(([id, own]) => total(id, labelOf(own[0]!), own))
    .sort((one, other) => other.consumed - one.consumed || one.label.localeCompare(other.label));
}

/** Exact sums by currency, in the order of the codes. Amounts of different currencies are not added. */
export function sumsOf(amounts: readonly Amount[]): Amount[] {
  const byCurrency = new Map<string, Amount[]>();
  for (const amount of amounts) {
    byCurrency.set(amount.currency, [...(byCurrency.get(amount.currency) ?? []), amount]);
  }
  return [...byCurrency.values()]
    .map(add)
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** The exact sum of at least one amount in one currency. */
function add(amounts: readonly Amount[]): Amount {
  const digits = Math.max(...amounts.map(({ amount }) => amount.split('.')[1]?.length ?? 0));
  const minor = amounts.reduce((sum, { amount }) => {
    const [whole = '0', part = ''] = amount.split('.');
    return sum + BigInt(whole + part.padEnd(digits, '0'));
  }, 0n);
  const text = String(minor).padStart(digits + 1, '0');
  const amount = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return { amount, currency: amounts[0]!.currency };
}

function total(id: string, label: string, rows: readonly GroupRow[]): UsageSeries {
  const sum = (field: 'consumed' | 'reversed' | 'emergency') =>
    rows.reduce((all, row) => all + row[field], 0);
  return {
    id,
    label,
    consumed: sum('consumed'),
    reversed: sum('reversed'),
    emergency: sum('emergency'),
    paid: sumsOf(rows.flatMap((row) => row.paidByCurrency)),
    cost: sumsOf(rows.flatMap((row) => row.costByCurrency)),
  };
}
