import type { Money, Price } from './ledger';

/**
 * The list price of one pass when `quantity` are bought at `nowMs`: of the prices valid then, the
 * one with the highest minimum quantity that is reached, and of those the latest. Null: none applies.
 */
export function listPrice(
  prices: readonly Price[],
  { quantity, nowMs }: { quantity: number; nowMs: number },
): Money | null {
  const valid = prices.filter(
    (price) =>
      price.minimumQuantity <= quantity &&
      price.validFromMs <= nowMs &&
      (price.validToMs === null || nowMs < price.validToMs),
  );
  valid.sort((a, b) => b.minimumQuantity - a.minimumQuantity || b.validFromMs - a.validFromMs);
  const best = valid[0];
  return best ? { minor: best.unitPriceMinor, currency: best.currency } : null;
}

/** Whether two prices are the same; none and none are. */
export function samePrice(a: Money | null, b: Money | null): boolean {
  return a?.minor === b?.minor && a?.currency === b?.currency;
}
