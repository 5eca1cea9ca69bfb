import { digestOf } from '../core/digest';
import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Outcome, Purchase } from '../ledger/commands';

/**
 * Buys passes at the list price. The same idempotency key again answers the same and buys nothing.
 * Refusals: NOT_FOUND, QUANTITY_OUT_OF_RANGE, PRICE_CHANGED, VALIDATION_FAILED (no price applies),
 * IDEMPOTENCY_KEY_REUSED, NOT_PERMITTED.
 */
export function purchaseDayPasses(
  ledger: AccountLedger,
  purchase: Omit<Purchase, 'kind' | 'id' | 'keyDigest'>,
): Promise<Outcome<'purchase'>> {
  const { walletId, quantity, expectedTotal } = purchase;
  return ledger.submit({
    kind: 'purchase',
    id: newId(),
    ...purchase,
    keyDigest: digestOf([walletId, quantity, expectedTotal]),
  });
}
