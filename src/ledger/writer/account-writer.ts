import type { Pool } from 'pg';
import { DomainError } from '../../core/domain-error';
import type { Log } from '../../core/log';
import type { StateRef } from '../../db/hints';
import type { Outcome } from '../model/outcome';
import { judgeFailure } from './batch-failure';
import type { AnyCommand } from './command-module';
import type { Kernel } from './kernel';
import { runBatch, type BatchResult } from './run-batch';

/** A batch takes as long as its slowest part, not as its size; more would make the first wait. */
const batchMax = 256;
const accountQueueMax = 2_048;
const processQueueMax = 20_000;
/** A command that has not begun by then is dropped unrun: its caller has given up on it. */
const defaultWaitMaxMs = 5_000;
/** How often those are looked for who wait behind a batch that does not come to its end. */
const overdueLookMs = 500;
const triesMax = 5;
/** A process that drains has 15 s for everything. */
const drainMaxMs = 10_000;
const restMs = { least: 1_000, most: 10_000 };

export interface AccountWriterOptions {
  pool: Pool;
  /** How many accounts may commit at once: the pool's size. */
  writersMax: number;
  log: Log;
  waitMaxMs?: number;
  /** Told after every batch, also one that wrote nothing, where the account stands. */
  announce: (accountId: string, sequence: number, states: readonly StateRef[]) => void;
  /** Stands in for the clock in a ledger that walks through the past; null: the database's. */
  fixedNowMs?: () => number | null;
  /** Told of every batch that was committed, and how late it ended passes that were due. */
  observe?: (batch: { commands: number; ms: number; endedLateMs: readonly number[] }) => void;
  /** Told of every command that was answered; null: it failed. */
  answered?: (kind: string, outcome: Outcome | null) => void;
}

interface Waiting {
  command: AnyCommand;
  isAlone: boolean;
  queuedAt: number;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

interface AccountQueue {
  accountId: string;
  waiting: Waiting[];
  /** In the line of accounts that want a writer, or having one. */
  isScheduled: boolean;
  /** Until then the account is left alone, after a batch that found it stuck. */
  restsUntil: number;
  restMs: number;
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
   * Runs a command. Rejects with SERVICE_UNAVAILABLE where it cannot be run within the bounds; then
   * it happened once or not at all, and the same key asks which.
   */
  submit(accountId: string, command: AnyCommand): Promise<Outcome> {
    const answer = this.enqueue(accountId, command);
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

  private enqueue(accountId: string, command: AnyCommand): Promise<Outcome> {
    const { isAlone = false } = this.kernel.moduleOf(command);
    const queue = this.queueOf(accountId);
    const isFull = queue.waiting.length >= accountQueueMax || this.queued >= processQueueMax;
    if (isFull || performance.now() < queue.restsUntil) return Promise.reject(unavailable());
    return new Promise((resolve, reject) => {
      this.queued += 1;
      queue.waiting.push({ command, isAlone, queuedAt: performance.now(), resolve, reject });
      this.schedule(queue);
      this.lookForOverdue();
    });
  }

  /** Drops who has waited too long, whatever it is that they wait for; goes on while any wait. */
  private lookForOverdue(): void {
    if (this.overdueLook || this.queued === 0) return;
    this.overdueLook = setTimeout(() => {
      this.overdueLook = undefined;
      for (const queue of this.queues.values()) this.dropOverdue(queue);
      this.lookForOverdue();
    }, overdueLookMs);
  }

  private dropOverdue({ waiting }: AccountQueue): void {
    const latest = performance.now() - (this.options.waitMaxMs ?? defaultWaitMaxMs);
    const inTime = waiting.findIndex(({ queuedAt }) => queuedAt >= latest);
    const overdue = waiting.splice(0, inTime < 0 ? waiting.length : inTime);
    this.queued -= overdue.length;
    for (const { reject } of overdue) reject(unavailable());
    this.noteIdle();
  }

  private queueOf(accountId: string): AccountQueue {
    let queue = this.queues.get(accountId);
    if (!queue) {
      queue = { accountId, waiting: [], isScheduled: false, restsUntil: 0, restMs: 0 };
      this.queues.set(accountId, queue);
    }
    return queue;
  }

  private schedule(queue: AccountQueue): void {
    if (queue.isScheduled) return;
    queue.isScheduled = true;
    this.line.push(queue);
    this.runNext();
  }

  private runNext(): void {
    while (this.running < this.options.writersMax) {
      const queue = this.line.shift();
      if (!queue) return;
      this.running += 1;
      // A breath later, so that commands which come together share a batch.
      const turn = Promise.resolve().then(() => this.turn(queue));
      void turn.finally(() => {
        this.running -= 1;
        queue.isScheduled = false;
        if (queue.waiting.length > 0) this.schedule(queue);
        else if (queue.restMs === 0) this.queues.delete(queue.accountId);
        this.runNext();
        this.noteIdle();
      });
    }
  }

  /** One batch of one account. Never rejects: what goes wrong is told to the commands' callers. */
  private async turn(queue: AccountQueue): Promise<void> {
    const batch = this.takeBatch(queue);
    if (batch.length === 0) return;
    try {
      await this.commit(queue.accountId, batch);
      queue.restMs = 0;
    } catch (error) {
      this.options.log.warn({ err: error, accountId: queue.accountId }, 'a batch was abandoned');
      queue.restMs = Math.min(Math.max(queue.restMs * 2, restMs.least), restMs.most);
      queue.restsUntil = performance.now() + queue.restMs;
      const stranded = [...batch, ...this.takeAll(queue)];
      for (const { reject } of stranded) reject(unavailable());
    }
  }

  private takeBatch(queue: AccountQueue): Waiting[] {
    this.dropOverdue(queue);
    const batch: Waiting[] = [];
    while (batch.length < batchMax) {
      const next = queue.waiting.shift();
      if (!next) break;
      this.queued -= 1;
      batch.push(next);
      if (next.isAlone || queue.waiting[0]?.isAlone) break;
    }
    return batch;
  }

  private takeAll(queue: AccountQueue): Waiting[] {
    this.queued -= queue.waiting.length;
    return queue.waiting.splice(0);
  }

  private async commit(accountId: string, batch: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    const result = await this.runAgain(accountId, batch);
    if (result) {
      const { endedLateMs } = result;
      const ms = performance.now() - startedAt;
      this.options.observe?.({ commands: batch.length, ms, endedLateMs });
      this.options.announce(accountId, result.sequence, result.states);
      result.settled.forEach((outcome, index) => {
        const { resolve, reject } = batch[index]!;
        if (outcome.status === 'fulfilled') resolve(outcome.value);
        else reject(outcome.reason);
      });
    }
  }

  /** Null: the batch was refused for its content, and each of its commands was answered by itself. */
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

  /** What the database refuses is one command's fault; its neighbours are not to suffer for it. */
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

function unavailable(): DomainError {
  return new DomainError('SERVICE_UNAVAILABLE', 'The service is busy. Try again in a moment.');
}

/** A short, growing wait before a batch is tried again: 20 ms to 320 ms, so below a second in all. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt));
}
