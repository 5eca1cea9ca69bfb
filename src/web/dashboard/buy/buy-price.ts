import { readWhole } from '../../format/count';

/*
 * Calculates the price of passes exactly as the ledger does, in the digits of the currency. The functions are
 * pure, so that the page can show the total while a person types.
 */

/** An amount, as the API returns it. */
export interface Money {
  amount: string;
  currency: string;
}

export interface ListPrice {
  minimumQuantity: number;
  unitPrice: Money;
  validFrom: string;
  validTo?: string | null;
}

/** The largest quantity of one purchase. The service has the same limit. */
export const quantityMax = 1_000_000;

/** A count as it is written in the field; null: not a whole number that can be bought. */
export function readQuantity(text: string | number): number | null {
  return readWhole(text, { min: 1, max: quantityMax });
}

/** The prices by quantity that are valid at an instant, the smallest quantity first. */
export function tiersAt<Price extends ListPrice>(prices: readonly Price[], now: string): Price[] {
  const nowMs = Date.parse(now);
  const byQuantity = new Map<number, Price>();
  // If two prices have the same quantity, the one that began later is valid.
  for (const price of [...prices].sort((a, b) => begins(a) - begins(b))) {
    const isOver = price.validTo != null && nowMs >= Date.parse(price.validTo);
    if (begins(price) <= nowMs && !isOver) byQuantity.set(price.minimumQuantity, price);
  }
  return [...byQuantity.values()].sort((a, b) => a.minimumQuantity - b.minimumQuantity);
}

/** The tier that a quantity reaches. Null if it reaches no tier. */
export function tierFor<Price extends ListPrice>(
  tiers: readonly Price[],
  quantity: number,
): Price | null {
  return tiers.findLast(({ minimumQuantity }) => minimumQuantity <= quantity) ?? null;
}

/** The price of a quantity, calculated without floating-point numbers. */
export function times({ amount, currency }: Money, quantity: number): Money {
  return inDigitsOf({ amount, currency }, BigInt(amount.replace('.', '')) * BigInt(quantity));
}

/**
 * What the next tier saves: 50 passes may cost less than 49. Null if its smallest quantity does not
 * cost less.
 */
export function savingOf(
  tiers: readonly ListPrice[],
  quantity: number,
): { quantity: number; saved: Money } | null {
  const tier = tierFor(tiers, quantity);
  const next = tiers.find(({ minimumQuantity }) => minimumQuantity > quantity);
  if (!tier || !next) return null;
  const total = times(tier.unitPrice, quantity);
  const [now, then] = [total, times(next.unitPrice, next.minimumQuantity)].map(({ amount }) =>
    BigInt(amount.replace('.', '')),
  ) as [bigint, bigint];
  if (then >= now) return null;
  return { quantity: next.minimumQuantity, saved: inDigitsOf(total, now - then) };
}

/** An amount in minor units, with as many decimal places as another one. */
function inDigitsOf({ amount, currency }: Money, minor: bigint): Money {
  const digits = amount.split('.')[1]?.length ?? 0;
  const text = minor.toString().padStart(digits + 1, '0');
  const point = text.length - digits;
  const written = digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
  return { amount: written, currency };
}

function begins({ validFrom }: ListPrice): number {
  return Date.parse(validFrom);
}
