import { datesBetween, type UsageRow } from './overview.rules';
import { words } from '../../words';

/** The use of one key of the group, or of everything if there is no group. */
export interface UsageSeries {
  /** The key; empty: everything, or passes without a client. */
  id: string;
  label: string;
  /** Passes used on each date. */
  values: number[];
  consumed: number;
  reversed: number;
  emergency: number;
  /** What was paid for the passes. */
  paid: UsageRow['paid'];
  /** Their list prices. */
  cost: UsageRow['cost'];
}

/** As many as there are distinct colours. */
export const shownMax = 5;

/** The rows by their keys, the largest first. */
export function seriesOf(
  rows: readonly UsageRow[],
  dates: readonly string[],
  labelOf: (row: UsageRow) => string,
): UsageSeries[] {
  const byKey = new Map<string, UsageRow[]>();
  for (const row of rows) {
    const key = row.key ?? '';
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  return [...byKey]
    .map(([id, own]) => total(id, labelOf(own[0]!), own, dates))
    .sort((one, other) => other.consumed - one.consumed || one.label.localeCompare(other.label));
}

/** The largest series, and the others as one, so that the stack is readable. */
export function stackOf(series: readonly UsageSeries[]): UsageSeries[] {
  const used = series.filter(({ consumed }) => consumed > 0);
  if (used.length <= shownMax + 1) return used;
  const others = used.slice(shownMax);
  const values = others[0]!.values.map((_, at) =>
    others.reduce((sum, one) => sum + one.values[at]!, 0),
  );
  const sum = (field: 'consumed' | 'reversed' | 'emergency') =>
    others.reduce((all, one) => all + one[field], 0);
  return [
    ...used.slice(0, shownMax),
    {
      id: 'others',
      label: words.overview.usage.others(others.length),
      values,
      consumed: sum('consumed'),
      reversed: sum('reversed'),
      emergency: sum('emergency'),
      paid: sumOf(others.map(({ paid }) => paid)),
      cost: sumOf(others.map(({ cost }) => cost)),
    },
  ];
}

/** The dates of a report. A date that has started only elsewhere is included once a pass was used on it. */
export function datesOf(
  rows: readonly UsageRow[],
  { from, today }: { from: string; today: string },
): string[] {
  const last = rows
    .filter(({ consumed, reversed }) => consumed + reversed > 0)
    .reduce((latest, { periodStart }) => (periodStart > latest ? periodStart : latest), today);
  return datesBetween(from, last);
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

function total(
  id: string,
  label: string,
  rows: readonly UsageRow[],
  dates: readonly string[],
): UsageSeries {
  const onDate = new Map(rows.map((row) => [row.periodStart, row.consumed]));
  const sum = (field: 'consumed' | 'reversed' | 'emergency') =>
    rows.reduce((all, row) => all + row[field], 0);
  return {
    id,
    label,
    values: dates.map((date) => onDate.get(date) ?? 0),
    consumed: sum('consumed'),
    reversed: sum('reversed'),
    emergency: sum('emergency'),
    paid: sumOf(rows.map(({ paid }) => paid)),
    cost: sumOf(rows.map(({ cost }) => cost)),
  };
}
