import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { planListChanges, type ListChanges, type ListRules } from './list-changes.rules';
import type { FilePrice, Price } from './price-file.rules';

/** What an import does to the price list. */
export interface PriceChanges extends ListChanges<Price> {
  /** Examples of the imported plans. */
  removed: Price[];
}

const rules: ListRules<Price> = {
  item: 'price',
  keyOf: ({ plan, currency, minimumQuantity }) => `${plan} ${currency} ${minimumQuantity}`,
  valueOf: ({ unitPriceMinor, packSize }) => `${unitPriceMinor} ${packSize}`,
};

/**
 * The changes of a file. The amount of a price that has begun, or has ended, never changes: only
 * another price can follow it. Throws an OperatorRefusal that names the wrong line.
 */
export function planPriceChanges(
  list: readonly DayPassPriceRow[],
  file: readonly FilePrice[],
  now: Date,
): PriceChanges {
  const plans = new Set(file.map(({ plan }) => plan));
  const removed = list.filter((row) => row.example && plans.has(row.plan));
  const own = list.filter((row) => !row.example);
  return { ...planListChanges<Price>({ list: own, file, now }, rules), removed };
}
