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
  const quantity = typeof text === 'number' ? text : Number(text.trim() || Number.NaN);
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= quantityMax ? quantity : null;
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
  const [whole = '0', part = ''] = amount.split('.');
  const minor = (BigInt(whole + part) * BigInt(quantity)).toString().padStart(part.length + 1, '0');
  const point = minor.length - part.length;
  const total = part ? `${minor.slice(0, point)}.${minor.slice(point)}` : minor;
  return { amount: total, currency };
}

function begins({ validFrom }: ListPrice): number {
  return Date.parse(validFrom);
}
