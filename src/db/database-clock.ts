import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';

/** How old the estimate may grow before it is renewed. */
const renewEveryMs = 30_000;

/**
 * This process's estimate of the database's clock: monotonic time since an answer that carried
 * `clock_timestamp()`. It decides what is not decided under an account's lock (a bearer's expiry, the
 * `now` of a gate's answer), so that a replica whose own clock is hours off decides the same.
 */
export class DatabaseClock {
  /** What the database's clock read, less what the monotonic clock read at about that moment. */
  private aheadMs = Number.NaN;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: DataSource) {}

  /** Asks once, then keeps asking. Rejects where the database does not answer the first time. */
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
    if (Number.isNaN(this.aheadMs)) throw new Error('The database clock was read before its start.');
    return Math.floor(performance.now() + this.aheadMs);
  }

  /** Asks the database now. The answer is taken for the middle of the round trip. */
  async renew(): Promise<void> {
    const askedAt = performance.now();
    const [row]: { ms: number }[] = await this.source.query(
      `select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
    );
    const answeredAt = performance.now();
    if (row) this.aheadMs = row.ms - (askedAt + answeredAt) / 2;
  }
}
