import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Audited } from '../ledger/writer/command-module';
import type { Outcome } from '../ledger/commands';
import type { Actor } from '../ledger/model/ledger';

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
  const { quantity, reason, expiresAtMs } = grant;
  const meant = [quantity, reason, expiresAtMs];
  return ledger.submit({
    kind: 'grant',
    id: newId(),
    ...grant,
    keyInput: { meant, written: meant },
  });
}
