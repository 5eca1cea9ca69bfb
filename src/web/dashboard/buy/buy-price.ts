/*
 * What passes cost, as the ledger will reckon it: exact, in the digits of the currency. Pure, so that
 * the page shows the total while somebody types.
 */

/** As the API gives it. */
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

/** One purchase adds as many at the most; the service says so too. */
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
  // Of two for one quantity the one that began later counts.
  for (const price of [...prices].sort((a, b) => begins(a) - begins(b))) {
    const isOver = price.validTo != null && nowMs >= Date.parse(price.validTo);
    if (begins(price) <= nowMs && !isOver) byQuantity.set(price.minimumQuantity, price);
  }
  return [...byQuantity.values()].sort((a, b) => a.minimumQuantity - b.minimumQuantity);
}

/** The tier that a quantity reaches; null: none. */
export function tierFor<Price extends ListPrice>(
  tiers: readonly Price[],
  quantity: number,
): Price | null {
  return tiers.findLast(({ minimumQuantity }) => minimumQuantity <= quantity) ?? null;
}

/** So many at that price, without a float in between. */
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
