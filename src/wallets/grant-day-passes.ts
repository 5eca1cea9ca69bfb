import { digestOf } from '../core/digest';
import { newId } from '../core/ids';
import type { Audited, Outcome } from '../ledger/commands';
import type { LedgerWriter } from '../ledger/account-writer';
import type { Actor } from '../ledger/ledger';

/**
 * Adds passes without a purchase. The same idempotency key again answers the same and adds nothing.
 * Refusals: NOT_FOUND, IDEMPOTENCY_KEY_REUSED, QUANTITY_OUT_OF_RANGE, VALIDATION_FAILED.
 */
export function grantDayPasses(
  ledger: LedgerWriter,
  grant: {
    accountId: string;
    actor: Actor | null;
    /** Null: the account's own wallet. */
    walletId: string | null;
    quantity: number;
    reason: string;
    expiresAtMs: number | null;
    key: string;
  } & Audited,
): Promise<Outcome<'grant'>> {
  const { accountId, walletId, quantity, reason, expiresAtMs, ...rest } = grant;
  return ledger.submit(accountId, {
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
