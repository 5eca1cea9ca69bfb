/** The part of a busy event loop's time that background work may have. */
const busyShare = 0.02;
/** So many pieces per second begin in any case, so that no work starves. */
const leastPerSecond = 20;
const leastEveryMs = 1_000 / leastPerSecond;
/** At most so many of them begin together, because the processor then loads their code and data once. */
const togetherMax = 4;
/** The loop is busy if other work has at least this part of its time. */
const busyFrom = 0.5;
/** How long the loop is watched before it is judged. */
const sampleMs = 200;
/** A longer time without a look says nothing about the present. */
const sampleMaxMs = 1_000;
/** After a longer time the loop is judged this soon: until then, what a burst wakes has no limit. */
const firstSampleMs = 40;
/** Time that was not used is saved up to this bound, and a debt does not grow over it. */
const savedMaxMs = 5;
const debtMaxMs = 20;

/** What the share reads of the process; a test has its own. */
export interface LoopWatch {
  /** A monotonic clock. */
  nowMs(): number;
  /** For how long the event loop has been at work since the start. */
  activeMs(): number;
  /** A timer. */
  after(ms: number, run: () => void): void;
}

const ownLoop: LoopWatch = {
  nowMs: () => performance.now(),
  activeMs: () => performance.eventLoopUtilization().active,
  after: (ms, run) => void setTimeout(run, ms),
};

/** What background work uses of it. */
export type ShareOfWork = Pick<BackgroundShare, 'begin' | 'spent' | 'isBusy'>;

/**
 * Lets background work give way to requests in the same process. While the event loop has room, each
 * piece of work begins at once. While requests keep it busy, pieces begin in the order in which they
 * asked, and together they have a small share of the loop's time; a few per second begin even if that
 * share is used up. Three webhooks cost about 30 % of the CPU of a busy process before. A thread or a
 * process of their own would still compete for the same cores.
 */
export class BackgroundShare {
  private readonly waiting: (() => void)[] = [];
  private hasTimer = false;
  private busy = false;
  /** The time that background work may still have; below zero it waits. */
  private savedMs = savedMaxMs;
  private savedAtMs: number;
  /** The instant from which the least rate is counted. */
  private begunAtMs: number;
  private sample: { atMs: number; activeMs: number };
  /** Whether nothing is known yet about the present. */
  private isFirstSample = true;
  /** What background work has used since the sample. */
  private ownMs = 0;

  constructor(private readonly loop: LoopWatch = ownLoop) {
    const nowMs = loop.nowMs();
    this.savedAtMs = nowMs;
    this.begunAtMs = nowMs;
    this.sample = { atMs: nowMs, activeMs: loop.activeMs() };
  }

  /** Whether requests keep the event loop busy. */
  get isBusy(): boolean {
    this.look(this.loop.nowMs());
    return this.busy;
  }

  /** Work may be wanted in a moment: the loop is watched from now on, so that it is judged by then. */
  watch(): void {
    this.look(this.loop.nowMs());
  }

  /** Resolves when a piece of work may begin. */
  begin(): Promise<void> {
    if (this.waiting.length === 0 && this.mayBegin()) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.wakeLater();
    });
  }

  /** A piece of work has used so much of the loop's time. */
  spent(ms: number): void {
    this.ownMs += ms;
    this.savedMs = Math.max(this.savedMs - ms, -debtMaxMs);
  }

  /**
   * While the loop is busy, one at a time, because what the piece uses is known a moment later; and those
   * that are due in any case.
   */
  private wake(): void {
    this.hasTimer = false;
    let together = this.togetherNow();
    while (this.waiting.length > 0 && this.mayBegin(together)) {
      this.waiting.shift()!();
      together = 1;
      if (this.busy && !this.isDue(together)) break;
    }
    if (this.waiting.length > 0) this.wakeLater();
  }

  private wakeLater(): void {
    if (this.hasTimer) return;
    this.hasTimer = true;
    this.loop.after(this.waitMs(), () => this.wake());
  }

  /** How many of those that wait begin together. */
  private togetherNow(): number {
    return Math.min(this.waiting.length, togetherMax);
  }

  /** Whether a piece may begin, the first of so many. */
  private mayBegin(together = 1): boolean {
    const nowMs = this.loop.nowMs();
    this.look(nowMs);
    this.savedMs = Math.min(this.savedMs + (nowMs - this.savedAtMs) * busyShare, savedMaxMs);
    this.savedAtMs = nowMs;
    if (!this.busy) this.savedMs = savedMaxMs;
    if (this.savedMs <= 0 && !this.isDue(together)) return false;
    const since = Math.max(this.begunAtMs, nowMs - togetherMax * leastEveryMs);
    this.begunAtMs = Math.min(since + leastEveryMs, nowMs);
    return true;
  }

  /** Whether so many pieces may begin even if the share is used up. */
  private isDue(pieces: number): boolean {
    return this.loop.nowMs() - this.begunAtMs >= pieces * leastEveryMs;
  }

  /** Until a piece may begin, or the loop is judged again. */
  private waitMs(): number {
    const untilPaidMs = -this.savedMs / busyShare;
    const dueAtMs = this.begunAtMs + this.togetherNow() * leastEveryMs;
    const untilDueMs = dueAtMs - this.loop.nowMs();
    return Math.max(1, Math.min(untilPaidMs, untilDueMs, sampleMs));
  }

  private look(nowMs: number): void {
    const passedMs = nowMs - this.sample.atMs;
    if (passedMs < (this.isFirstSample ? firstSampleMs : sampleMs)) return;
    const activeMs = this.loop.activeMs();
    const othersMs = activeMs - this.sample.activeMs - this.ownMs;
    this.isFirstSample = passedMs > sampleMaxMs;
    this.busy = !this.isFirstSample && othersMs >= passedMs * busyFrom;
    this.sample = { atMs: nowMs, activeMs };
    this.ownMs = 0;
  }
}

/** For programs without requests: each piece of work begins at once. */
export const wholeShare: ShareOfWork = {
  begin: () => Promise.resolve(),
  spent() {},
  isBusy: false,
};
