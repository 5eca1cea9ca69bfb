import type { Pool } from 'pg';
import type { Log } from '../../core/log';
import type { StateRef } from '../../db/hints';
import type { Outcome } from '../model/outcome';
import { AccountQueue, type Waiting } from './account-queue';
import { judgeFailure } from './batch-failure';
import type { AnyCommand } from './command-module';
import type { CommittedBatch } from './committed-batch';
import type { Kernel } from './kernel';
import { probeLock } from './probe-lock';
import { runBatch, type BatchResult } from './run-batch';
import type { SealedEntry } from './seal-entries';

const accountQueueMax = 2_048;
const processQueueMax = 20_000;
/** A command that has not begun by then is dropped without effect: its caller no longer waits. */
const defaultWaitMaxMs = 5_000;
/** How often commands behind a stuck batch are checked for their time-out. */
const overdueLookMs = 500;
const triesMax = 5;
/** A process that drains has 15 s for everything. */
const drainMaxMs = 10_000;

export interface AccountWriterOptions {
  pool: Pool;
  /** How many accounts may commit at once: the pool's size. */
  writersMax: number;
  log: Log;
  waitMaxMs?: number;
  /**
   * Called after every batch, even one without changes, with the account's last number and what the
   * batch added and changed.
   */
  announce: (
    accountId: string,
    sequence: number,
    states: readonly StateRef[],
    entries: readonly SealedEntry[],
  ) => void;
  /** Called after a batch that left jobs in the account's outbox. */
  jobsStored?: (accountId: string) => void;
  /** Replaces the clock in a ledger that writes the past; null: the database's clock. */
  fixedNowMs?: () => number | null;
  /** Called for every committed batch, with the delay of the passes that it ended. */
  observe?: (batch: { commands: number; ms: number; endedLateMs: readonly number[] }) => void;
  /** Called for every answered command; null: it failed. */
  answered?: (kind: string, outcome: Outcome | null) => void;
}

/**
 * The only way to an account's passes. Commands of one account are committed together: while one
 * batch commits, those that arrive wait and become the next. At low load a batch is one command and
 * nothing waits. Accounts take turns, so that ten stuck ones do not starve the eleventh.
 */
export class AccountWriter {
  private readonly queues = new Map<string, AccountQueue>();
  private readonly line: AccountQueue[] = [];
  private running = 0;
  /** Turns of accounts that are stuck. */
  private stuckTurns = 0;
  private queued = 0;
  private overdueLook: NodeJS.Timeout | undefined;
  private readonly whenIdle: (() => void)[] = [];

  constructor(
    private readonly kernel: Kernel,
    private readonly options: AccountWriterOptions,
  ) {}

  /** Commands that wait for their batch. */
  get queueLength(): number {
    return this.queued;
  }

  /**
   * Runs a command. Rejects with SERVICE_UNAVAILABLE if it cannot run within the bounds; then it
   * happened once or not at all, and a repeat with the same key gets the result.
   */
  submit(
    accountId: string,
    command: AnyCommand,
    onCommitted?: (committed: CommittedBatch) => void,
  ): Promise<Outcome> {
    const answer = this.enqueue(accountId, command, onCommitted);
    const { answered } = this.options;
    if (answered) {
      answer.then(
        (outcome) => answered(command.kind, outcome),
        () => answered(command.kind, null),
      );
    }
    return answer;
  }

  /**
   * Resolves when nothing is queued or running, or after the bound: what is left then was never
   * acknowledged, and its callers may ask again by the same key.
   */
  async drained(maxMs = drainMaxMs): Promise<void> {
    if (this.isIdle()) return;
    let timer: NodeJS.Timeout | undefined;
    const idle = new Promise<void>((resolve) => this.whenIdle.push(resolve));
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.options.log.warn({ queued: this.queued }, 'the ledger was not idle in time');
        resolve();
      }, maxMs);
    });
    await Promise.race([idle, late]);
    clearTimeout(timer);
  }

  private isIdle(): boolean {
    return this.running === 0 && this.queued === 0;
  }

  private noteIdle(): void {
    if (!this.isIdle()) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private enqueue(
    accountId: string,
    command: AnyCommand,
    onCommitted: Waiting['onCommitted'],
  ): Promise<Outcome> {
    const { isAlone = false } = this.kernel.moduleOf(command);
    const queue = this.queueOf(accountId);
    const isFull = queue.waiting.length >= accountQueueMax || this.queued >= processQueueMax;
    if (isFull || queue.isGivenUp()) return Promise.reject(queue.unavailable());
    return new Promise((resolve, reject) => {
      this.queued += 1;
      const waiting: Waiting = {
        command,
        isAlone,
        onCommitted,
        queuedAt: performance.now(),
        isAnswered: false,
        resolve(outcome) {
          waiting.isAnswered = true;
          resolve(outcome);
        },
        reject(error) {
          waiting.isAnswered = true;
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- As it was thrown.
          reject(error);
        },
      };
      queue.waiting.push(waiting);
      this.schedule(queue);
      this.lookForOverdue();
    });
  }

  /**
   * Drops commands that have waited too long, for any reason; continues while any command waits.
   */
  private lookForOverdue(): void {
    if (this.overdueLook || this.queued === 0) return;
    this.overdueLook = setTimeout(() => {
      this.overdueLook = undefined;
      for (const queue of this.queues.values()) this.dropOverdue(queue);
      this.lookForOverdue();
    }, overdueLookMs);
  }

  private dropOverdue(queue: AccountQueue): void {
    const overdue = queue.takeOverdue();
    this.queued -= overdue.length;
    for (const { reject } of overdue) reject(queue.unavailable());
    this.noteIdle();
  }

  private queueOf(accountId: string): AccountQueue {
    let queue = this.queues.get(accountId);
    if (!queue) {
      queue = new AccountQueue(accountId, this.options.waitMaxMs ?? defaultWaitMaxMs);
      this.queues.set(accountId, queue);
    }
    return queue;
  }

  private schedule(queue: AccountQueue): void {
    if (queue.isScheduled || queue.wake) return;
    if (queue.restLeftMs > 0) {
      queue.wake = setTimeout(() => {
        queue.wake = undefined;
        if (queue.waiting.length > 0) this.schedule(queue);
      }, queue.restLeftMs);
      return;
    }
    queue.isScheduled = true;
    this.line.push(queue);
    this.runNext();
  }

  private runNext(): void {
    while (this.running < this.options.writersMax) {
      const queue = this.line.shift();
      if (!queue) return;
      this.running += 1;
      // In the next turn of the event loop, so that commands that arrive together share a batch.
      const turn = Promise.resolve().then(() => this.turn(queue));
      void turn.finally(() => {
        this.running -= 1;
        queue.isScheduled = false;
        if (queue.waiting.length > 0) this.schedule(queue);
        else if (!queue.isStuck) this.queues.delete(queue.accountId);
        this.runNext();
        this.noteIdle();
      });
    }
  }

  /** One batch of one account. Never rejects: the callers of the commands receive the errors. */
  private async turn(queue: AccountQueue): Promise<void> {
    this.dropOverdue(queue);
    if (queue.waiting.length === 0) return;
    if (!queue.isStuck) return this.runNextBatch(queue);
    // Stuck accounts take at most half of the writers, so that the others do not wait for them.
    if (this.stuckTurns >= Math.max(1, Math.floor(this.options.writersMax / 2))) {
      return queue.waitForTurn();
    }
    this.stuckTurns += 1;
    try {
      if (await probeLock(this.options.pool, queue.accountId)) await this.runNextBatch(queue);
      else queue.rest();
    } finally {
      this.stuckTurns -= 1;
    }
  }

  private async runNextBatch(queue: AccountQueue): Promise<void> {
    this.dropOverdue(queue);
    const batch = queue.takeBatch();
    this.queued -= batch.length;
    try {
      if (batch.length > 0) await this.commit(queue.accountId, batch);
      queue.recover();
    } catch (error) {
      const { accountId } = queue;
      this.options.log.warn({ err: error, accountId }, 'a batch did not run; its account rests');
      queue.rest();
      this.keep(queue, batch);
    }
  }

  /**
   * Commands that are not answered and may still wait go back to the front. If one was committed, its
   * key shows that when it runs again.
   */
  private keep(queue: AccountQueue, batch: readonly Waiting[]): void {
    const kept = batch.filter(({ isAnswered }) => !isAnswered);
    queue.waiting.unshift(...kept);
    this.queued += kept.length;
    this.dropOverdue(queue);
    this.lookForOverdue();
  }

  private async commit(accountId: string, batch: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    const result = await this.runAgain(accountId, batch);
    if (result) {
      const { endedLateMs } = result;
      const ms = performance.now() - startedAt;
      this.options.observe?.({ commands: batch.length, ms, endedLateMs });
      if (result.jobs > 0) this.options.jobsStored?.(accountId);
      this.options.announce(accountId, result.sequence, result.states, result.entries);
      result.settled.forEach((outcome, index) => {
        const { onCommitted, resolve, reject } = batch[index]!;
        if (result.committed) onCommitted?.(result.committed);
        if (outcome.status === 'fulfilled') resolve(outcome.value);
        else reject(outcome.reason);
      });
    }
  }

  /**
   * Null: the batch was refused for its content, and each of its commands was answered separately.
   */
  private async runAgain(
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<BatchResult | null> {
    const commands = batch.map(({ command }) => command);
    const fixedNowMs = this.options.fixedNowMs?.() ?? null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await runBatch(this.options.pool, this.kernel, { accountId, commands, fixedNowMs });
      } catch (error) {
        const failure = judgeFailure(error);
        if (failure === 'content') return this.oneByOne(accountId, batch, error);
        if (failure === 'busy' || attempt === triesMax) throw error;
        await pause(attempt);
      }
    }
  }

  /** A refusal by the database is the fault of one command; the others must not fail with it. */
  private async oneByOne(
    accountId: string,
    batch: readonly Waiting[],
    error: unknown,
  ): Promise<null> {
    if (batch.length === 1) {
      batch[0]!.reject(error);
      return null;
    }
    for (const waiting of batch) await this.commit(accountId, [waiting]);
    return null;
  }
}

/** A short, growing wait before a batch is tried again: 20 ms to 320 ms, so below a second in all. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
}
