import { noChanges } from '../model/changes';
import { unchanged, type Decision } from '../model/decision';
import type { AccountTerms, Ledger } from '../model/ledger';
import { refused } from '../model/outcome';
import { differing, instantText, type Act } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';

/** An allowance covers a few emergencies; it is not a second wallet. */
export const allowanceMax = 1_000;

/**
 * The operator sets the account's terms, closes it or reopens it. What is left out stays unchanged.
 */
export interface ChangeAccount extends AnyCommand {
  kind: 'change-account';
  plan?: string;
  billingMode?: AccountTerms['billingMode'];
  emergencyCeiling?: number;
  /** Null: nothing is sold to the account on terms. */
  termsDays?: number | null;
  /** Null: no limit. */
  creditLimitMinor?: number | null;
  creditFirst?: boolean;
  isOnHold?: boolean;
  isClosed?: boolean;
}

interface Changed {
  account: AccountTerms;
}

export const changeAccount: CommandModule<ChangeAccount, Changed> = {
  kind: 'change-account',
  // The prices of the plan were loaded with the batch.
  isAlone: true,
  needs: ({ isClosed }) => ({ lastPass: isClosed === true }),
  decide,
  audit(ledger, { isClosed }, changes) {
    if (!changes.account) return null;
    const before = termsOf(ledger.accountId, ledger.account);
    const after = termsOf(ledger.accountId, changes.account);
    return differing(actionOf(isClosed), 'Account', { before, after });
  },
};

/**
 * The operator sets the account's terms. After closing, no passes can be bought, granted or used.
 * The gate stays open until the last active pass has ended: nobody loses a day that was paid for.
 */
function decide(ledger: Ledger, command: ChangeAccount): Decision<Changed> {
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
    termsDays: command.termsDays === undefined ? account.termsDays : command.termsDays,
    creditLimitMinor:
      command.creditLimitMinor === undefined ? account.creditLimitMinor : command.creditLimitMinor,
    creditFirst: command.creditFirst ?? account.creditFirst,
    holdSinceMs: holdOf(account, command.isOnHold, nowMs),
    ...closingOf(account, command.isClosed, { nowMs, lastPassEndsAtMs: ledger.lastPassEndsAtMs }),
  };
  const changes = { ...noChanges(), account: terms };
  return { outcome: { status: 'accepted', result: { account: terms } }, changes };
}

/** A hold that is set again keeps its first instant. */
function holdOf({ holdSinceMs }: AccountTerms, isOnHold: boolean | undefined, nowMs: number) {
  if (isOnHold === undefined) return holdSinceMs;
  return isOnHold ? (holdSinceMs ?? nowMs) : null;
}

/** Closing a closed account keeps the instant of the first close. */
function closingOf(
  { closedAtMs, gateShutsAtMs }: AccountTerms,
  isClosed: boolean | undefined,
  { nowMs, lastPassEndsAtMs }: { nowMs: number; lastPassEndsAtMs: number | null },
): Pick<AccountTerms, 'closedAtMs' | 'gateShutsAtMs'> {
  if (isClosed === false) return { closedAtMs: null, gateShutsAtMs: null };
  if (!isClosed || closedAtMs !== null) return { closedAtMs, gateShutsAtMs };
  return { closedAtMs: nowMs, gateShutsAtMs: Math.max(nowMs, lastPassEndsAtMs ?? nowMs) };
}

function actionOf(isClosed: boolean | undefined): Act['action'] {
  if (isClosed === undefined) return 'account.updated';
  return isClosed ? 'account.closed' : 'account.reopened';
}

function termsOf(id: string, account: AccountTerms) {
  const { plan, billingMode, emergencyCeiling, termsDays, creditLimitMinor, creditFirst } = account;
  const holdSince = instantText(account.holdSinceMs);
  const closedAt = instantText(account.closedAtMs);
  const gateShutsAt = instantText(account.gateShutsAtMs);
  const terms = { termsDays, creditLimitMinor, creditFirst, holdSince };
  return { id, plan, billingMode, emergencyCeiling, ...terms, closedAt, gateShutsAt };
}
