/** What is left in a bucket, and, where a wish was refused, when it could be granted. */
export interface Taken {
  isGranted: boolean;
  available: number;
  retryAfterMs: number;
}

/** One principal's bucket at an instant. Time that has passed since has filled it up. */
interface Level {
  available: number;
  atMs: number;
}

/** Buckets that are kept; one that is forgotten begins full again. */
const bucketsMax = 50_000;

/**
 * Leaky buckets, one a key: each holds so much, what is taken comes back at a steady rate, and what is
 * not there is refused. They are this process's own, as they guard its capacity: asking the database
 * or the other replicas would cost each request more than it saves. Time is monotonic.
 */
export class Buckets {
  /** In the order of their last use. */
  private readonly levels = new Map<string, Level>();

  constructor(
    readonly rate: { max: number; perSecond: number },
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Takes that much and leaves at least `leaving`, or takes nothing. */
  take(key: string, amount: number, leaving = 0): Taken {
    const level = this.levelOf(key);
    const missing = amount + leaving - level.available;
    if (missing <= 0) level.available -= amount;
    return {
      isGranted: missing <= 0,
      available: level.available,
      retryAfterMs: missing <= 0 ? 0 : Math.ceil((missing / this.rate.perSecond) * 1_000),
    };
  }

  /** Gives back what was taken and not used; answers what is there now. */
  giveBack(key: string, amount: number): number {
    const level = this.levelOf(key);
    level.available = Math.min(level.available + amount, this.rate.max);
    return level.available;
  }

  private levelOf(key: string): Level {
    const { max, perSecond } = this.rate;
    const now = this.nowMs();
    const known = this.levels.get(key);
    if (known) {
      this.levels.delete(key);
      this.levels.set(key, known);
      const restored = ((now - known.atMs) / 1_000) * perSecond;
      known.available = Math.min(known.available + restored, max);
      known.atMs = now;
      return known;
    }
    // The one that was used least recently has most likely filled up, and then nothing is lost.
    const stalest = this.levels.keys().next();
    if (this.levels.size >= bucketsMax && !stalest.done) this.levels.delete(stalest.value);
    const level = { available: max, atMs: now };
    this.levels.set(key, level);
    return level;
  }
}
