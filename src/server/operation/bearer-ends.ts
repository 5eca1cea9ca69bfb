/** The longest time that a timer of Node can wait; a longer one fires at once. */
const longestTimerMs = 2 ** 31 - 1;
/** Between two looks at all connections: credentials that end one after another share a look. */
const betweenLooksMs = 50;

/** An open connection, which ends with its credential. */
export interface BearerHolder {
  /** When the credential ends, by the database's clock; Infinity: only when it is revoked. */
  readonly bearerEndsAtMs: number;
  bearerEnded(): void;
}

/**
 * Notifies open connections when their credentials end. They share one timer: most connections are
 * idle for hours, and each would keep a timer of its own.
 */
export class BearerEnds {
  private readonly holders = new Set<BearerHolder>();
  private timer: NodeJS.Timeout | undefined;
  /** The first end that the timer waits for; Infinity if none runs. */
  private nextMs = Infinity;

  constructor(private readonly nowMs: () => number) {}

  /** Never notifies before it returns. */
  add(holder: BearerHolder): void {
    this.holders.add(holder);
    if (holder.bearerEndsAtMs < this.nextMs) this.sleepUntil(holder.bearerEndsAtMs);
  }

  remove(holder: BearerHolder): void {
    this.holders.delete(holder);
    if (this.holders.size === 0) this.sleepUntil(Infinity);
  }

  private look(): void {
    const nowMs = this.nowMs();
    let nextMs = Infinity;
    for (const holder of this.holders) {
      const { bearerEndsAtMs } = holder;
      if (bearerEndsAtMs > nowMs) {
        nextMs = Math.min(nextMs, bearerEndsAtMs);
        continue;
      }
      this.holders.delete(holder);
      holder.bearerEnded();
    }
    this.sleepUntil(nextMs);
  }

  private sleepUntil(atMs: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.nextMs = atMs;
    if (atMs === Infinity) return;
    const leftMs = Math.ceil(atMs - this.nowMs());
    const waitMs = Math.min(Math.max(leftMs, betweenLooksMs), longestTimerMs);
    this.timer = setTimeout(() => this.look(), waitMs);
  }
}
