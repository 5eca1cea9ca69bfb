import { parseMinor } from '../../core/money';
import type { Ledger, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import { creditMax, judgeQuantity } from './grant';
import { judgeBuying } from './permission.rules';

/*
 * Whether passes may be bought now. A quote answers by the same rules as the purchase, which judges
 * again under the account's lock.
 */

/** Why the passes cannot be bought; null if they can. `price` is null if none applies. */
export function judgePurchase({
  account,
  wallet,
  quantity,
  price,
}: {
  account: Pick<Ledger['account'], 'closedAtMs' | 'billingMode' | 'termsDays'>;
  wallet: Pick<Wallet, 'balance'>;
  quantity: number;
  price: { packSize: number } | null;
}): Refused | null {
  const refusal = judgeBuying({ account }) ?? judgeQuantity(wallet, quantity);
  if (refusal) return refusal;
  return price ? judgePacks(quantity, price.packSize) : noPrice();
}

/** How a buyer chose to pay. */
export type PaymentMethod = 'NONE' | 'TERMS';

/** Whether the account pays in the chosen way; if nothing was chosen, it pays in its own way. */
export function judgeMethod(
  { billingMode }: Pick<Ledger['account'], 'billingMode'>,
  method: PaymentMethod | null | undefined,
): Refused | null {
  const own: PaymentMethod = billingMode === 'BILLED' ? 'TERMS' : 'NONE';
  if (method == null || method === own) return null;
  const message = `The account pays by ${own}. Leave paymentMethod out, or choose one of billing.paymentMethods.`;
  return refused('PAYMENT_METHOD_MISSING', message, ['paymentMethod']);
}

export function noPrice(): Refused {
  return refused(
    'VALIDATION_FAILED',
    'No price applies to this quantity. Read dayPassPrices for the quantities that have one.',
    ['quantity'],
  );
}

/** Passes of some prices come in packs only. */
export function judgePacks(quantity: number, packSize: number): Refused | null {
  if (quantity % packSize === 0) return null;
  const next = Math.ceil(quantity / packSize) * packSize;
  const larger = [next, next + packSize].filter((one) => one <= creditMax);
  const hint = larger.length > 0 ? ` The next are ${larger.join(' and ')}.` : '';
  const message = `quantity must be a multiple of ${packSize}.${hint}`;
  return refused('QUANTITY_OUT_OF_RANGE', message, ['quantity']);
}

/** The totals that were shown to the buyer, as decimals; null or missing: any total is accepted. */
export interface ExpectedTotals {
  /** Without tax. */
  expectedTotal: string | null;
  expectedGross?: string | null;
}

/** Whether the totals are still those that the buyer confirmed. Without tax both are the same. */
export function judgeTotals(
  { expectedTotal, expectedGross = null }: ExpectedTotals,
  { netMinor, grossMinor, currency }: { netMinor: number; grossMinor: number; currency: string },
): Refused | null {
  const shown = [
    ['expectedTotal', expectedTotal, netMinor],
    ['expectedGross', expectedGross, grossMinor],
  ] as const;
  for (const [field, expected, minor] of shown) {
    if (expected === null || parseMinor(expected, currency) === minor) continue;
    const message = 'The total has changed. Check it and confirm again.';
    return refused('PRICE_CHANGED', message, [field]);
  }
  return null;
}
