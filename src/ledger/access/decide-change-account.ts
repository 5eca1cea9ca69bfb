import { refused, type ChangeAccount } from '../commands';
import { unchanged, type Decision } from '../writer/decision';
import type { AccountTerms, Ledger } from '../model/ledger';
import { noChanges } from '../writer/posting';

/** An emergency is a bridge, not a second wallet. */
export const allowanceMax = 1_000;

/**
 * The operator sets the account's terms. Closing takes effect at once for what is bought, granted and
 * used. The gate stays open until the last pass that runs now has ended: nobody loses a day that was
 * paid for.
 */
export function decideChangeAccount(ledger: Ledger, command: ChangeAccount): Decision {
  const { account, nowMs } = ledger;
  const { emergencyCeiling: ceiling = account.emergencyCeiling } = command;
  if (!Number.isInteger(ceiling) || ceiling < 0 || ceiling > allowanceMax) {
    return unchanged(
      refused('VALIDATION_FAILED', 'emergencyCeiling must be 0 to 1,000.', ['emergencyCeiling']),
    );
  }
  const terms: AccountTerms = {
    plan: command.plan ?? account.plan,
    billingMode: command.billingMode ?? account.billingMode,
    emergencyCeiling: ceiling,
    ...closingOf(account, command.isClosed, { nowMs, lastPassEndsAtMs: ledger.lastPassEndsAtMs }),
  };
  const changes = { ...noChanges(), account: terms };
  return { outcome: { status: 'accepted', result: { account: terms } }, changes };
}

/** Closing what is closed keeps the instant since when it is. */
function closingOf(
  { closedAtMs, gateShutsAtMs }: AccountTerms,
  isClosed: boolean | undefined,
  { nowMs, lastPassEndsAtMs }: { nowMs: number; lastPassEndsAtMs: number | null },
): Pick<AccountTerms, 'closedAtMs' | 'gateShutsAtMs'> {
  if (isClosed === false) return { closedAtMs: null, gateShutsAtMs: null };
  if (!isClosed || closedAtMs !== null) return { closedAtMs, gateShutsAtMs };
  return { closedAtMs: nowMs, gateShutsAtMs: Math.max(nowMs, lastPassEndsAtMs ?? nowMs) };
}
