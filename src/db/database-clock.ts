import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';

/** The maximum age of the estimate. */
const renewEveryMs = 30_000;
/** An answer may be wrong by half of its round trip: if it took longer than this, it is not used. */
const roundTripMaxMs = 500;
const triesMax = 5;

/**
 * This process's estimate of the database's clock: monotonic time since an answer with
 * `clock_timestamp()`. It decides everything that is not decided under an account's lock (the
 * expiry of a bearer token, the `now` of a gate's answer), so that a replica whose own clock is
 * hours wrong decides the same.
 */
export class DatabaseClock {
  /** What the database's clock read, less what the monotonic clock read at about that moment. */
  private aheadMs = Number.NaN;
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
    if (Number.isNaN(this.aheadMs))
      throw new Error('The database clock was read before it was started.');
    return Math.floor(performance.now() + this.aheadMs);
  }

  /** Asks the database now, and again if the answer took long. */
  async renew(): Promise<void> {
    let best = await this.ask();
    for (let tries = 1; best.roundTripMs > roundTripMaxMs && tries < triesMax; tries += 1) {
      const next = await this.ask();
      if (next.roundTripMs < best.roundTripMs) best = next;
    }
    // A database that is slow throughout is better than no clock, and worse than one that runs.
    const isFirst = Number.isNaN(this.aheadMs);
    if (isFirst || best.roundTripMs <= roundTripMaxMs) this.aheadMs = best.aheadMs;
  }

  /** The answer counts for the middle of the round trip. */
  private async ask(): Promise<{ aheadMs: number; roundTripMs: number }> {
    const askedAt = performance.now();
    const [row] = await this.source.query<{ ms: number }[]>(
      `select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
    );
    const answeredAt = performance.now();
    return {
      aheadMs: row!.ms - (askedAt + answeredAt) / 2,
      roundTripMs: answeredAt - askedAt,
    };
  }
}
