import type { DataSource } from 'typeorm';
import { wholeShare, type ShareOfWork } from '../core/background-share';
import type { Log } from '../core/log';
import type { FollowerLag, Metrics } from '../core/metrics';
import type { HintCarrier } from '../db/hints';
import { judgeFailure } from '../ledger/writer/batch-failure';
import { firstAccount, readBehind } from './behind.queries';
import { followPage, pageMax, pauseAfterFailure, type PageEnd, type Turn } from './follow-page';
import type { Follower } from './follower';
import { PageTookTooLong } from './page-transaction';
import { TurnLine } from './turn-line';

/** Hints of one account are joined for this long: a busy account costs ten looks per second. */
const defaultJoinMs = 100;
/** Finds what a lost hint was about, and ends pauses. */
const defaultSweepMs = 2_000;
/** Connections of the pool that followers use at the same time; requests need the others. */
const turnsAtOnce = 2;
/** The pause in this process if the row of the place could not be written. */
const unnotedPauseMs = 10_000;
/** What a page costs this process, as measured: the statements of its transaction. */
const pageCostsMs = 1;
/** No transaction lives longer. */
const defaultPageMs = 5_000;

interface Options {
  source: DataSource;
  followers: readonly Follower[];
  hints: Pick<HintCarrier, 'listen' | 'send'>;
  log: Log;
  /** Followers give way to requests; left out: they begin at once. */
  share?: ShareOfWork;
  /** Is given the result of every page. */
  observe: Pick<Metrics, 'followerPaged' | 'followerFailed'>;
  sweepEveryMs?: number;
  pageMs?: number;
}

/**
 * Runs the followers in this process. Every process does: a place is locked by the process that
 * works on it. A hint of the journal wakes all followers for its account; a sweep over the accounts
 * finds entries without a hint.
 */
export class FollowerRunner {
  private readonly line = new TurnLine(turnsAtOnce, (turn) => this.take(turn));
  /** Pauses that this process knows of, by the monotonic clock; the rows decide. */
  private readonly pausedUntil = new Map<string, number>();
  /** Accounts with a hint that waits for others, by follower. */
  private readonly joins = new Map<Follower, { accounts: Set<string>; timer: NodeJS.Timeout }>();
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private sweepAfter = firstAccount;
  private counted: FollowerLag[] = [];
  private isStopped = false;
  /** How far each follower is from the ends of the journals, as of the last sweep over all accounts. */
  lags: readonly FollowerLag[] = [];

  constructor(private readonly options: Options) {}

  start(): void {
    const { hints } = this.options;
    hints.listen(
      ({ accountId, sequence }) => sequence !== undefined && this.wake(accountId),
      () => this.sweepIn(0),
    );
    this.sweepIn(0);
  }

  /** Begins no more pages, and resolves when those under way are over: each has a bound. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const { timer } of this.joins.values()) clearTimeout(timer);
    clearTimeout(this.sweepTimer);
    await Promise.all([this.line.close(), this.sweeping]);
  }

  private wake(accountId: string): void {
    if (this.isStopped) return;
    for (const follower of this.options.followers) {
      const joined = this.joins.get(follower);
      if (joined) joined.accounts.add(accountId);
      else this.joinFrom(accountId, follower);
    }
  }

  private joinFrom(accountId: string, follower: Follower): void {
    const accounts = new Set([accountId]);
    const timer = setTimeout(() => {
      this.joins.delete(follower);
      for (const account of accounts) this.want(account, follower);
    }, follower.joinMs ?? defaultJoinMs);
    this.joins.set(follower, { accounts, timer });
  }

  private want(accountId: string, follower: Follower): void {
    const key = `${follower.name} ${accountId}`;
    const pausedUntil = this.pausedUntil.get(key);
    if (pausedUntil !== undefined && pausedUntil > performance.now()) return;
    this.pausedUntil.delete(key);
    this.line.add({ follower, accountId, pageSize: pageMax });
  }

  private async take(turn: Turn): Promise<{ again: Turn | null; mayRepeat: boolean }> {
    const { source, hints, observe, share = wholeShare, pageMs = defaultPageMs } = this.options;
    await share.begin();
    if (this.isStopped) return { again: null, mayRepeat: false };
    share.spent(pageCostsMs);
    const end = await followPage(source, turn, pageMs);
    switch (end.is) {
      case 'MORE':
      case 'DONE': {
        observe.followerPaged(turn.follower.name, end.handled);
        for (const state of end.changed) hints.send({ accountId: turn.accountId, state });
        // Pages grow again after those that were cut because one failed or took too long.
        const next = { ...turn, pageSize: Math.min(end.limit * 2, pageMax) };
        return { again: end.is === 'MORE' ? next : null, mayRepeat: true };
      }
      case 'ELSEWHERE':
        return { again: null, mayRepeat: false };
      case 'PAUSED':
        this.pause(turn, end.pausedMs);
        return { again: null, mayRepeat: false };
      case 'FAILED':
        return { again: await this.fail(turn, end), mayRepeat: false };
    }
  }

  /**
   * A page that fails for what is in it, or takes too long, is cut in half, down to the entry that
   * fails, so that the entries before it are handled. That entry, and every failure that no entry
   * causes, is tried again after a pause.
   */
  private async fail(
    turn: Turn,
    { error, size }: Extract<PageEnd, { is: 'FAILED' }>,
  ): Promise<Turn | null> {
    const { source, log, observe } = this.options;
    const { accountId, follower } = turn;
    const isTooLarge = error instanceof PageTookTooLong || judgeFailure(error) === 'content';
    if (size > 1 && isTooLarge) {
      return { ...turn, pageSize: Math.ceil(size / 2) };
    }
    log.warn({ err: error, accountId, follower: follower.name }, 'a follower failed');
    observe.followerFailed(follower.name);
    try {
      await pauseAfterFailure(source, turn);
    } catch (notNoted) {
      // The place may still be locked by the transaction whose connection was broken.
      log.warn({ err: notNoted }, 'the pause of a follower was not noted');
      this.pause(turn, unnotedPauseMs);
    }
    return null;
  }

  private pause({ follower, accountId }: Turn, ms: number): void {
    this.pausedUntil.set(`${follower.name} ${accountId}`, performance.now() + ms);
  }

  private sweepIn(ms: number): void {
    if (this.isStopped) return;
    clearTimeout(this.sweepTimer);
    this.sweepTimer = setTimeout(() => {
      // One after the other: a doubt may begin a sweep while one is under way.
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, ms);
  }

  private async sweep(): Promise<void> {
    const { source, followers, log, sweepEveryMs = defaultSweepMs } = this.options;
    try {
      const byName = new Map(followers.map((follower) => [follower.name, follower]));
      const found = await readBehind(source, [...byName.keys()], this.sweepAfter);
      for (const { accountId, follower } of found.due) this.want(accountId, byName.get(follower)!);
      this.count(found.lags, found.nextAfter === null);
      this.sweepAfter = found.nextAfter ?? firstAccount;
    } catch (error) {
      log.warn({ err: error }, 'a sweep for followers failed');
    }
    this.sweepIn(sweepEveryMs);
  }

  /** Adds what a sweep found to what those before it found, since the first account. */
  private count(found: readonly FollowerLag[], isAll: boolean): void {
    this.counted = this.options.followers.map(({ name }) => {
      const parts = [...this.counted, ...found].filter(({ follower }) => follower === name);
      const entries = parts.reduce((sum, part) => sum + part.entries, 0);
      return { follower: name, entries, oldestMs: Math.max(0, ...parts.map((p) => p.oldestMs)) };
    });
    if (!isAll) return;
    this.lags = this.counted;
    this.counted = [];
  }
}
