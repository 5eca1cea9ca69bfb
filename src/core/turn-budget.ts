/** The longest time that streams work before the event loop serves others. */
const sliceMs = 8;
/** Those that waited and continue together in one turn of the event loop: as much work as a slice. */
const continuingMax = 64;

/**
 * One budget of time for all streams of a process. Their messages follow each other without a pause
 * of the event loop, and a burst has many: without a budget nothing else would run until its end.
 */
export class TurnBudget {
  private sliceEndsAt = 0;
  /** Whether a slice has begun whose end the event loop has not reached yet. */
  private isInSlice = false;
  private readonly waiting: (() => void)[] = [];

  /** Asked before each message: nothing to wait for, or the stream's next turn. */
  next(): Promise<void> | undefined {
    if (!this.isInSlice) this.begin();
    if (performance.now() < this.sliceEndsAt) return undefined;
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private begin(): void {
    this.isInSlice = true;
    this.sliceEndsAt = performance.now() + sliceMs;
    setImmediate(() => this.end());
  }

  private end(): void {
    this.isInSlice = false;
    if (this.waiting.length === 0) return;
    this.begin();
    for (const resolve of this.waiting.splice(0, continuingMax)) resolve();
  }
}
