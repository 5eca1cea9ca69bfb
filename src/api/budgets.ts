import { Buckets, type Taken } from './buckets';
import type { Spender } from './rate-limit-key';

/** An account has the budget of this many callers: creating more keys does not raise it. */
export const callersPerAccount = 5;

/**
 * The budgets of callers, and above them one budget for each account. A price is paid from both or
 * from neither.
 */
export class Budgets {
  private readonly callers: Buckets;
  private readonly accounts: Buckets;

  constructor(
    readonly rate: { max: number; perSecond: number },
    nowMs?: () => number,
  ) {
    const { max, perSecond } = rate;
    this.callers = new Buckets(rate, nowMs);
    this.accounts = new Buckets(
      { max: callersPerAccount * max, perSecond: callersPerAccount * perSecond },
      nowMs,
    );
  }

  /** Takes this amount and leaves at least `leaving` to the caller, or takes nothing. */
  take({ caller, accountId }: Spender, amount: number, leaving = 0): Taken {
    const taken = this.callers.take(caller, amount, leaving);
    if (!taken.isGranted || accountId === null) return taken;
    const ofAccount = this.accounts.take(accountId, amount);
    if (ofAccount.isGranted) return taken;
    return { ...ofAccount, available: this.callers.giveBack(caller, amount) };
  }

  /** Gives back what was taken and not used; returns the caller's present budget. */
  giveBack({ caller, accountId }: Spender, amount: number): number {
    if (accountId !== null) this.accounts.giveBack(accountId, amount);
    return this.callers.giveBack(caller, amount);
  }
}
