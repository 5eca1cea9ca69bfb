import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import type { Log } from '../core/log';
import { sweepDueAccounts, type DueAccounts } from './due-accounts';
import type { LedgerWriter } from './ledger-writer';

/** Timers do not see clock jumps, and a pass may be sold by another process while this one sleeps. */
const longestSleepMs = 5_000;
const shortestSleepMs = 20;
const afterFailureMs = 1_000;
/**
 * A sweep also notes what falls due soon after it. If the next sweeps fail, or other processes make
 * them, a process still ends what it knows; a machine of a cluster that fails is replaced within this.
 */
const knownAheadMs = 30_000;
/** Accounts that this process ends passes of at the same time. */
const accountsAtOnce = 4;
/** In a burst, accounts that fall due meanwhile are found after this. */
const roundMaxMs = 5_000;
/** An account that failed or is slow is left alone for a while, so that it blocks no worker. */
const failedRestMs = 5_000;
/** A command of a locked account waits longer than this; the worker takes the next account meanwhile. */
const slowMs = 2_000;

/**
 * Ends what is due: passes at the end of their day, lots at theirs, and the items of `due_items`. Any
 * number of processes run it; one at a time sweeps for the due accounts. Each process hands the writer
 * of each account that it knows one `expire` at a time, which under the lock takes what is due then,
 * so the processes share the work and nothing ends twice.
 *
 * Access never waits for it: a pass is active while now < expires_at.
 */
export class ExpiryLoop {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;
  /** The accounts of the last sweep in which something is due, or soon will be. */
  private known: DueAccounts = new Map();
  /** The database's clock at the last sweep, and our monotonic clock at that moment. */
  private clock: { nowMs: number; readAt: number } | undefined;
  /** Until when accounts that failed are left alone, by `performance.now()`. */
  private readonly resting = new Map<string, number>();

  constructor(
    private readonly source: DataSource,
    private readonly ledger: LedgerWriter,
    private readonly log: Log,
  ) {}

  start(): void {
    this.sleep(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private sleep(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.run().then(
        (nextMs) => this.sleep(nextMs),
        (error: unknown) => {
          this.log.warn({ err: error }, 'a round of the expiry loop failed');
          this.sleep(longestSleepMs);
        },
      );
    }, ms);
  }

  /** One round; answers how long to sleep after it. */
  private async run(): Promise<number> {
    const isFresh = await this.sweep();
    const due = [...this.known].filter(([, atMs]) => atMs <= this.nowMs()).map(([id]) => id);
    const failures = await this.endAll(due);
    // Something may have fallen due meanwhile.
    if (due.length > 0 && isFresh) return failures > 0 ? afterFailureMs : 0;
    const untilNextMs = Math.min(...this.known.values()) - this.nowMs();
    // Processes that meet at a sweep come back at different moments.
    const longestMs = isFresh ? longestSleepMs : afterFailureMs * (1 + Math.random());
    const shortestMs = failures > 0 ? afterFailureMs : shortestSleepMs;
    return Math.min(Math.max(untilNextMs, shortestMs), longestMs);
  }

  /** Whether the known accounts are now those of a new sweep. */
  private async sweep(): Promise<boolean> {
    try {
      const { nowMs, due } = await sweepDueAccounts(this.source, knownAheadMs);
      this.clock = { nowMs, readAt: performance.now() };
      if (due) this.known = due;
      return due !== null;
    } catch (error) {
      if (!this.stopped) this.log.warn({ err: error }, 'a sweep for what is due failed');
      return false;
    }
  }

  /** The database's clock, as far as this process knows it; before everything if it does not. */
  private nowMs(): number {
    if (!this.clock) return -Infinity;
    return this.clock.nowMs + performance.now() - this.clock.readAt;
  }

  /**
   * Begins at a random account, so that processes which wake together do not all take the same. One
   * command ends a bounded number and reports if more is due: then the account stands in line again.
   * Answers how many accounts failed or still rest.
   */
  private async endAll(accounts: readonly string[]): Promise<number> {
    const from = Math.floor(Math.random() * accounts.length);
    const endsAt = performance.now() + roundMaxMs;
    const line = [...accounts.slice(from), ...accounts.slice(0, from)];
    let failures = 0;
    for (const [accountId, until] of this.resting) {
      if (until <= performance.now()) this.resting.delete(accountId);
    }
    const worker = async () => {
      for (let accountId = line.shift(); accountId && !this.stopped; accountId = line.shift()) {
        const end = this.resting.has(accountId) ? 'FAILED' : await this.endDue(accountId);
        if (end === 'FAILED') failures += 1;
        if (end === 'DONE') this.known.delete(accountId);
        if (end === 'MORE' && performance.now() < endsAt) line.push(accountId);
      }
    };
    await Promise.all(Array.from({ length: accountsAtOnce }, worker));
    return failures;
  }

  /** Ends what is due in one account; one that does not answer soon counts as failed, for now. */
  private async endDue(accountId: string): Promise<'MORE' | 'DONE' | 'FAILED'> {
    const ending = this.submit(accountId);
    const timer = new AbortController();
    const late = wait(slowMs, null, { signal: timer.signal }).catch(() => null);
    const end = await Promise.race([ending, late]);
    timer.abort();
    if (end !== null) return end;
    this.rest(accountId);
    return 'FAILED';
  }

  private async submit(accountId: string): Promise<'MORE' | 'DONE' | 'FAILED'> {
    try {
      const expire = { kind: 'expire' as const, id: newId() };
      const outcome = await this.ledger.submit<'expire'>(accountId, expire);
      this.resting.delete(accountId);
      return outcome.status !== 'refused' && outcome.result.isMoreDue ? 'MORE' : 'DONE';
    } catch (error) {
      this.rest(accountId);
      this.log.warn({ err: error, accountId }, 'passes could not be expired');
      return 'FAILED';
    }
  }

  private rest(accountId: string): void {
    this.resting.set(accountId, performance.now() + failedRestMs);
  }
}
