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
