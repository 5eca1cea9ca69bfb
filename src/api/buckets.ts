import { LRUCache } from 'lru-cache';

/** What is left in a bucket and, if a request was refused, when it could be granted. */
export interface Taken {
  isGranted: boolean;
  available: number;
  retryAfterMs: number;
}

/** One principal's bucket at an instant. The time since then has refilled it. */
interface Level {
  available: number;
  atMs: number;
}

/** The number of buckets that are kept; a dropped bucket starts full again. */
const bucketsMax = 50_000;

/**
 * Leaky buckets, one per key: each has a capacity, refills at a steady rate, and refuses what it
 * does not contain. They belong to this process, because they guard its capacity: asking the
 * database or the other replicas would cost each request more than it saves. Time is monotonic.
 */
export class Buckets {
  /** The least recently used one is most likely full again, and then nothing is lost. */
  private readonly levels = new LRUCache<string, Level>({
    // As sizes of 1: with `max` it would take memory for all of them at the start.
    maxSize: bucketsMax,
    sizeCalculation: () => 1,
  });

  constructor(
    readonly rate: { max: number; perSecond: number },
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Takes this amount and leaves at least `leaving`, or takes nothing. */
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

  /** Gives back what was taken and not used; returns what the bucket contains now. */
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
      const restored = ((now - known.atMs) / 1_000) * perSecond;
      known.available = Math.min(known.available + restored, max);
      known.atMs = now;
      return known;
    }
    const level = { available: max, atMs: now };
    this.levels.set(key, level);
    return level;
  }
}
