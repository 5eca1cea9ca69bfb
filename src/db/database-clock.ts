import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';

/** How often the estimate is renewed. */
const renewEveryMs = 30_000;
/** An answer may be wrong by half of its round trip: if it took longer than this, it is asked again. */
const roundTripGoodMs = 10;
/** An answer that took longer than this is not used. */
const roundTripMaxMs = 500;
const triesMax = 5;
/** How far two clocks drift apart in a millisecond: a time service corrects one by at most 500 ppm. */
const driftPerMs = 0.0005;

interface Estimate {
  /** What the database's clock read, less what the monotonic clock read at about that moment. */
  aheadMs: number;
  /** How wrong that may be. */
  errorMs: number;
  /** That moment, on the monotonic clock. */
  readAt: number;
}

/**
 * This process's estimate of the database's clock: monotonic time since an answer with
 * `clock_timestamp()`. It decides everything that is not decided under an account's lock (the
 * expiry of a bearer token, the `now` of a gate's answer), so that a replica whose own clock is
 * hours wrong decides the same.
 */
export class DatabaseClock {
  private best: Estimate = { aheadMs: Number.NaN, errorMs: Infinity, readAt: 0 };
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: DataSource) {}

  /** Asks once, then regularly. Rejects if the database does not answer the first time. */
  async start(): Promise<void> {
    await this.renew();
    this.timer = setInterval(() => {
      this.renew().catch(() => {
        // The old estimate stays: it drifts by the monotonic clock's error only.
      });
    }, renewEveryMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** The database's present instant, in whole milliseconds. */
  nowMs(): number {
    if (Number.isNaN(this.best.aheadMs))
      throw new Error('The database clock was read before it was started.');
    return Math.floor(performance.now() + this.best.aheadMs);
  }

  /** Asks the database now, and again if the answer took long. */
  async renew(): Promise<void> {
    let newest = await this.ask();
    for (let tries = 1; newest.errorMs > roundTripGoodMs / 2 && tries < triesMax; tries += 1) {
      const next = await this.ask();
      if (next.errorMs < newest.errorMs) newest = next;
    }
    // A database that is slow throughout is better than no clock, and worse than one that runs.
    const { aheadMs, errorMs, readAt } = this.best;
    const isFirst = Number.isNaN(aheadMs);
    if (!isFirst && newest.errorMs > roundTripMaxMs / 2) return;
    const errorNowMs = errorMs + (newest.readAt - readAt) * driftPerMs;
    // If both can be right, the more exact one stays; if not, somebody has moved a clock.
    const canBothBeRight = Math.abs(newest.aheadMs - aheadMs) <= newest.errorMs + errorNowMs;
    if (!canBothBeRight || newest.errorMs < errorNowMs) this.best = newest;
  }

  /** The answer counts for the middle of the round trip. */
  private async ask(): Promise<Estimate> {
    const askedAt = performance.now();
    const [row] = await this.source.query<{ ms: number }[]>(
      `select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
    );
    const answeredAt = performance.now();
    const readAt = (askedAt + answeredAt) / 2;
    return { aheadMs: row!.ms - readAt, errorMs: (answeredAt - askedAt) / 2, readAt };
  }
}
