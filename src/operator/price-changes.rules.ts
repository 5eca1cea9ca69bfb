import type { DayPassPriceRow } from '../db/tables/day-pass-price';
import { OperatorRefusal } from './operator';
import type { FilePrice } from './price-file.rules';

export type Price = Omit<DayPassPriceRow, 'example'>;

/** What an import does to the price list. */
export interface PriceChanges {
  added: Price[];
  /** Future prices whose amount, pack or end changes. */
  replaced: Price[];
  /** Prices that end when the next one of the file begins; `validTo` is the new end. */
  ended: Price[];
  /** Examples of the imported plans. */
  removed: Price[];
  /** How many prices of the file are in the list already. */
  unchanged: number;
}

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
  const changes: PriceChanges = { added: [], replaced: [], ended: [], removed, unchanged: 0 };
  // The list as it becomes, so that each price of the file is judged beside those before it.
  const coming: Price[] = list.filter((row) => !row.example).map((row) => ({ ...row }));
  for (const price of inOrder(file, now)) place(price, { coming, changes, now });
  return changes;
}

type Placed = FilePrice & { validFrom: Date; isFromNow: boolean };
type Tier = Pick<Price, 'plan' | 'currency' | 'minimumQuantity'>;

function isOfSameTier(one: Tier): (other: Tier) => boolean {
  return (other) =>
    other.plan === one.plan &&
    other.currency === one.currency &&
    other.minimumQuantity === one.minimumQuantity;
}

/**
 * The prices of a file by their beginning. A price without an end ends when the file's next price
 * begins.
 */
function inOrder(file: readonly FilePrice[], now: Date): Placed[] {
  const placed = file
    .map((price) => ({
      ...price,
      validFrom: price.validFrom ?? now,
      isFromNow: price.validFrom === null,
    }))
    .sort((one, other) => one.validFrom.getTime() - other.validFrom.getTime());
  return placed.map((price, at) => {
    const next = placed.slice(at + 1).find(isOfSameTier(price));
    if (!next) return price;
    const isSame = next.validFrom.getTime() === price.validFrom.getTime();
    if (isSame || (price.validTo && price.validTo > next.validFrom)) {
      throw new OperatorRefusal('file', `lines ${price.line} and ${next.line} overlap`);
    }
    return { ...price, validTo: price.validTo ?? next.validFrom };
  });
}

function place(
  { line, isFromNow, ...price }: Placed,
  { coming, changes, now }: { coming: Price[]; changes: PriceChanges; now: Date },
): void {
  const rows = coming.filter(isOfSameTier(price));
  const refuse = (message: string) => new OperatorRefusal('file', `line ${line}: ${message}`);
  const same = rows.find((row) =>
    isFromNow ? isValidAt(row, now) : row.validFrom.getTime() === price.validFrom.getTime(),
  );
  if (same && isEqual(same, price)) {
    changes.unchanged += 1;
    return;
  }
  if (price.validFrom < now) {
    const advice = 'leave it empty for a price that applies from the time of the import';
    throw refuse(`valid_from ${price.validFrom.toISOString()} is in the past; ${advice}`);
  }
  if (price.validTo && price.validTo <= price.validFrom) {
    throw refuse('valid_to must be after valid_from');
  }
  const later = rows.find(
    ({ validFrom }) =>
      validFrom > price.validFrom && !(price.validTo && price.validTo <= validFrom),
  );
  if (later) {
    const from = later.validFrom.toISOString();
    throw refuse(`it overlaps the price in the list that begins at ${from}; end it there`);
  }
  if (same && !isFromNow) {
    Object.assign(same, price);
    changes.replaced.push(price);
    return;
  }
  const before = rows.find((row) => isValidAt(row, price.validFrom));
  if (before) {
    before.validTo = price.validFrom;
    changes.ended.push(before);
  }
  coming.push(price);
  changes.added.push(price);
}

function isValidAt({ validFrom, validTo }: Price, at: Date): boolean {
  return validFrom <= at && (validTo === null || validTo > at);
}

function isEqual(one: Price, other: Price): boolean {
  return (
    one.unitPriceMinor === other.unitPriceMinor &&
    one.packSize === other.packSize &&
    // A price that was followed by a later one has ended since; the file may still have it without
    // an end.
    (other.validTo === null || one.validTo?.getTime() === other.validTo.getTime())
  );
}
