import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import type { Log } from '../core/log';
import type { LedgerWriter } from './ledger-writer';

/** Timers do not see clock jumps, and a pass may be sold by another process while this one sleeps. */
const longestSleepMs = 5_000;
const shortestSleepMs = 20;
const afterFailureMs = 1_000;
const accountsPerRound = 1_000;
/** Accounts that this process ends passes of at the same time. */
const accountsAtOnce = 4;
/** In a burst, accounts that fall due meanwhile are found after this. */
const roundMaxMs = 5_000;
/** An account that failed or is slow is left alone for a while, so that it blocks no worker. */
const failedRestMs = 5_000;
/** A command of a locked account waits longer than this; the worker takes the next account meanwhile. */
const slowMs = 2_000;

/**
 * Ends what is due: passes at the end of their day, lots at theirs. Any number of processes run it;
 * each finds the due accounts and hands each account's writer one `expire` at a time, which under the
 * lock takes what is due then, so the processes share the work and nothing ends twice.
 *
 * Access never waits for it: a pass is active while now < expires_at.
 */
export class ExpiryLoop {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private stopped = false;
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
    const due = await this.dueAccounts();
    const failures = await this.endAll(due);
    // Something may have fallen due meanwhile.
    if (due.length > 0) return failures > 0 ? afterFailureMs : 0;
    const nextMs = await this.untilNextDue();
    return Math.min(Math.max(nextMs, shortestSleepMs), longestSleepMs);
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

  private async dueAccounts(): Promise<string[]> {
    const rows = await this.source.query<{ account_id: string }[]>(
      `with instant as materialized (select clock_timestamp() as now)
       (select account_id from running_passes, instant where expires_at <= instant.now
        union
        select account_id from lots, instant where remaining > 0 and expires_at <= instant.now
        -- There the past is being written, and what falls due falls due in the past.
        except
        select id from accounts where seeding)
       union
       select ahead.id from instant, ${aheadAccounts}
       where exists (
         select from running_passes r
         where r.account_id = ahead.id and r.expires_at <= instant.now + ahead.by)
       or exists (
         select from lots l
         where l.account_id = ahead.id and l.remaining > 0
           and l.expires_at <= instant.now + ahead.by)
       limit $1`,
      [accountsPerRound],
    );
    return rows.map((row) => row.account_id);
  }

  /** Milliseconds until the next pass or lot is due, of any account, by that account's clock. */
  private async untilNextDue(): Promise<number> {
    const [row] = await this.source.query<{ ms: number | null }[]>(
      `with instant as materialized (select clock_timestamp() as now)
       select extract(epoch from least(
         (select min(expires_at) from running_passes where expires_at > instant.now),
         (select min(expires_at) from lots where remaining > 0 and expires_at > instant.now),
         (select min(r.expires_at - ahead.by) from ${aheadAccounts}
           join running_passes r on r.account_id = ahead.id),
         (select min(l.expires_at - ahead.by) from ${aheadAccounts}
           join lots l on l.account_id = ahead.id and l.remaining > 0)
         ) - instant.now)::float8 * 1000 as ms
       from instant`,
    );
    return row?.ms ?? longestSleepMs;
  }
}

/** Sandboxes whose test clock runs ahead of the database's, and by how much. */
const aheadAccounts = `
  (select id, test_clock_offset_ms * interval '1 millisecond' as by
   from accounts where test_clock_offset_ms > 0) as ahead`;
