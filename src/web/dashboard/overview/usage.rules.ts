import type { UsageRow } from './overview.rules';

/** The use of one key of the group. */
export interface UsageSeries {
  /** The key; empty: passes without a client. */
  id: string;
  label: string;
  consumed: number;
  reversed: number;
  emergency: number;
  /** What was paid for the passes. */
  paid: UsageRow['paid'];
  /** Their list prices. */
  cost: UsageRow['cost'];
}

/** The rows by their keys, the largest first. */
export function seriesOf(
  rows: readonly UsageRow[],
  labelOf: (row: UsageRow) => string,
): UsageSeries[] {
  const byKey = new Map<string, UsageRow[]>();
  for (const row of rows) {
    const key = row.key ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey]
    .map(([id, own]) => total(id, labelOf(own[0]!), own))
    .sort((one, other) => other.consumed - one.consumed || one.label.localeCompare(other.label));
}

/** The exact sum of amounts; null if the list has no amounts, or if currencies differ. */
export function sumOf(amounts: readonly UsageRow['cost'][]): UsageRow['cost'] {
  const given = amounts.flatMap((amount) => amount ?? []);
  const [first] = given;
  if (!first || given.some(({ currency }) => currency !== first.currency)) return null;
  const digits = Math.max(...given.map(({ amount }) => amount.split('.')[1]?.length ?? 0));
  const minor = given.reduce((sum, { amount }) => {
    const [whole = '0', part = ''] = amount.split('.');
    return sum + BigInt(whole + part.padEnd(digits, '0'));
  }, 0n);
  const text = String(minor).padStart(digits + 1, '0');
  const amount = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
  return { amount, currency: first.currency };
}

function total(id: string, label: string, rows: readonly UsageRow[]): UsageSeries {
  const sum = (field: 'consumed' | 'reversed' | 'emergency') =>
    rows.reduce((all, row) => all + row[field], 0);
  return {
    id,
    label,
    consumed: sum('consumed'),
    reversed: sum('reversed'),
    emergency: sum('emergency'),
    paid: sumOf(rows.map(({ paid }) => paid)),
    cost: sumOf(rows.map(({ cost }) => cost)),
  };
}
