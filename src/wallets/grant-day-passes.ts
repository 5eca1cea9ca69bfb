import { digestOf } from '../core/digest';
import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Audited, Outcome } from '../ledger/commands';
import type { Actor } from '../ledger/ledger';

/**
 * Adds passes without a purchase. The same idempotency key again answers the same and adds nothing.
 * Refusals: NOT_FOUND, IDEMPOTENCY_KEY_REUSED, QUANTITY_OUT_OF_RANGE, VALIDATION_FAILED.
 */
export function grantDayPasses(
  ledger: AccountLedger,
  grant: {
    actor: Actor | null;
    /** Null: the account's own wallet. */
    walletId: string | null;
    quantity: number;
    reason: string;
    expiresAtMs: number | null;
    key: string;
  } & Audited,
): Promise<Outcome<'grant'>> {
  const { walletId, quantity, reason, expiresAtMs, ...rest } = grant;
  return ledger.submit({
    kind: 'grant',
    id: newId(),
    ...rest,
    walletId,
    quantity,
    reason,
    expiresAtMs,
    keyDigest: digestOf([walletId, quantity, reason, expiresAtMs]),
  });
}
