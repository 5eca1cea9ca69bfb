/** Timers do not notice clock jumps, so none is longer than this. */
const longestWaitMs = 30_000;

/**
 * Calls listeners at instants of one account's clock. All listeners of one instant are called in
 * one turn of the event loop, so that their next reads share a statement.
 */
export class Alarms {
  private readonly byInstant = new Map<number, Set<() => void>>();
  private timer: NodeJS.Timeout | undefined;
  /** The instant of the running timer; Infinity if none runs. */
  private nextMs = Infinity;

  constructor(private readonly nowMs: () => number) {}

  /** Calls once at `atMs`, or immediately if that is past; returns how to cancel it. */
  set(atMs: number, ring: () => void): () => void {
    const rings = this.byInstant.get(atMs) ?? new Set();
    this.byInstant.set(atMs, rings.add(ring));
    // Even if it is the next already: the clock may have been moved since.
    if (atMs <= this.nextMs) this.sleepUntil(atMs);
    return () => {
      rings.delete(ring);
      if (rings.size === 0 && this.byInstant.get(atMs) === rings) this.byInstant.delete(atMs);
      if (this.byInstant.size === 0) this.sleepUntil(Infinity);
    };
  }

  private ringDue(): void {
    const nowMs = this.nowMs();
    for (const [atMs, rings] of [...this.byInstant]) {
      if (atMs > nowMs) continue;
      this.byInstant.delete(atMs);
      for (const ring of rings) ring();
    }
    this.sleepUntil(Math.min(...this.byInstant.keys()));
  }

  private sleepUntil(atMs: number): void {
    clearTimeout(this.timer);
    this.nextMs = atMs;
    if (atMs === Infinity) return;
    const waitMs = Math.min(Math.max(atMs - this.nowMs(), 1), longestWaitMs);
    this.timer = setTimeout(() => this.ringDue(), waitMs);
  }
}
