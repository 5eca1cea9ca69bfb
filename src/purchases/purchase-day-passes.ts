import { newId } from '../core/ids';
import { plainDecimal } from '../core/money';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Outcome } from '../ledger/commands';
import type { Purchase } from '../ledger/books/purchase';

/**
 * Buys passes at the list price. The same idempotency key again answers the same and buys nothing.
 * Refusals: NOT_FOUND, QUANTITY_OUT_OF_RANGE, PRICE_CHANGED, VALIDATION_FAILED (no price applies),
 * IDEMPOTENCY_KEY_REUSED, NOT_PERMITTED, CREDIT_LIMIT, ACCOUNT_ON_HOLD,
 * PAYMENT_METHOD_MISSING.
 */
export function purchaseDayPasses(
  ledger: AccountLedger,
  purchase: Omit<Purchase, 'kind' | 'id' | 'keyInput'>,
): Promise<Outcome<'purchase'>> {
  const { quantity, expectedTotal, expectedGross, purchaseOrderNumber, paymentMethod } = purchase;
  const total = expectedTotal === null ? null : plainDecimal(expectedTotal);
  // Only if it is given, so that keys of earlier releases replay.
  const gross = expectedGross == null ? [] : [plainDecimal(expectedGross)];
  const more = [
    ...gross,
    ...(purchaseOrderNumber == null ? [] : [{ purchaseOrderNumber }]),
    ...(paymentMethod == null ? [] : [{ paymentMethod }]),
  ];
  return ledger.submit({
    kind: 'purchase',
    id: newId(),
    ...purchase,
    keyInput: {
      meant: [quantity, total, ...more],
      written: [quantity, expectedTotal, ...more],
    },
  });
}
