import { DomainError } from '../../core/domain-error';
import type { Outcome } from '../model/outcome';
import type { AnyCommand } from './command-module';
import type { CommittedBatch } from './committed-batch';

/**
 * A batch takes as long as its slowest part, whatever its size; a larger batch would make the first
 * command wait.
 */
const batchMax = 256;
/** Short, so that an account is served again within a second after its lock is released. */
const restMs = { least: 125, most: 500 };

/** A command that waits for its batch. */
export interface Waiting {
  command: AnyCommand;
  isAlone: boolean;
  queuedAt: number;
  isAnswered: boolean;
  resolve(outcome: Outcome): void;
  /** Called before `resolve`, with what its batch left. */
  onCommitted?: (committed: CommittedBatch) => void;
  reject(error: unknown): void;
}

/** The commands of one account that wait, and what the last batches met. Times are monotonic. */
export class AccountQueue {
  waiting: Waiting[] = [];
  /** Whether the account waits for a writer, or has one. */
  isScheduled = false;
  wake: NodeJS.Timeout | undefined;
  /** Since when batches have found the account stuck; null: it is not. */
  private stuckSince: number | null = null;
  /** Until then a stuck account is left alone. */
  private restsUntil = 0;
  private restMs = 0;

  constructor(
    readonly accountId: string,
    /** A command that has waited for longer is refused. */
    private readonly waitMaxMs: number,
  ) {}

  get isStuck(): boolean {
    return this.stuckSince !== null;
  }

  get restLeftMs(): number {
    return this.restsUntil - performance.now();
  }

  /** A batch, or a probe, met a lock or a database that does not answer. */
  rest(): void {
    const now = performance.now();
    // Nobody has tried for longer than a command waits, so what was known is out of date.
    if (now - this.restsUntil > this.waitMaxMs) this.recover();
    this.stuckSince ??= now;
    this.restMs = Math.min(Math.max(this.restMs * 2, restMs.least), restMs.most);
    this.restsUntil = now + this.restMs;
  }

  /** It was not its turn yet: that says nothing about the account. */
  waitForTurn(): void {
    this.restsUntil = performance.now() + restMs.least;
  }

  recover(): void {
    this.stuckSince = null;
    this.restMs = 0;
  }

  /**
   * Whether a command is better refused at once: the account has been stuck for longer than a command
   * waits, and rests. The next command after the rest is accepted, and the lock is probed again.
   */
  isGivenUp(): boolean {
    const { stuckSince } = this;
    const isLong = stuckSince !== null && performance.now() - stuckSince > this.waitMaxMs;
    return isLong && this.restLeftMs > 0;
  }

  /** Removes the commands that have waited too long. */
  takeOverdue(): Waiting[] {
    const latest = performance.now() - this.waitMaxMs;
    const inTime = this.waiting.findIndex(({ queuedAt }) => queuedAt >= latest);
    return this.waiting.splice(0, inTime < 0 ? this.waiting.length : inTime);
  }

  /** Removes the commands of the next batch. */
  takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    while (batch.length < batchMax) {
      const next = this.waiting.shift();
      if (!next) break;
      batch.push(next);
      if (next.isAlone || this.waiting[0]?.isAlone) break;
    }
    return batch;
  }

  /** The refusal of a command; it says how long the account rests, if it does. */
  unavailable(): DomainError {
    const leftMs = Math.ceil(this.restLeftMs);
    const message = 'The service is busy. Try again in a moment.';
    const more = leftMs > 0 ? { retryAfterMs: leftMs } : {};
    return new DomainError('SERVICE_UNAVAILABLE', message, more);
  }
}
