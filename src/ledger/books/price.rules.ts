import type { Money, Price } from '../model/ledger';

/**
 * The list price of one pass if `quantity` are bought at `nowMs`: among the prices valid then, the
 * one with the highest minimum quantity that is reached, and among those the latest. Null: no price
 * applies.
 */
export function listPrice(
  prices: readonly Price[],
  purchase: { quantity: number; nowMs: number },
): Money | null {
  const best = priceFor(prices, purchase);
  return best ? { minor: best.unitPriceMinor, currency: best.currency } : null;
}

/** The same as the price's row. */
export function priceFor<Listed extends Price>(
  prices: readonly Listed[],
  { quantity, nowMs }: { quantity: number; nowMs: number },
): Listed | null {
  const valid = prices.filter(
    (price) =>
      price.minimumQuantity <= quantity &&
      price.validFromMs <= nowMs &&
      (price.validToMs === null || nowMs < price.validToMs),
  );
  valid.sort((a, b) => b.minimumQuantity - a.minimumQuantity || b.validFromMs - a.validFromMs);
  return valid[0] ?? null;
}

/** Whether two prices are the same; two missing prices are the same. */
export function samePrice(a: Money | null, b: Money | null): boolean {
  return a?.minor === b?.minor && a?.currency === b?.currency;
}
