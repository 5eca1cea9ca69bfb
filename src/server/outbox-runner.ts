import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import { accountsWithStoredJobs, queueStoredJobs } from '../db/job-outbox';

/** Finds the jobs of commands of the command line, and of a process that ended just after its commit. */
const defaultSweepMs = 2_000;
/** The next sweep finds the rest. */
const accountsMax = 100;

interface Options {
  source: DataSource;
  log: Log;
  sweepEveryMs?: number;
}

/**
 * Queues the jobs that commands left in the outboxes of their accounts: at once those of this
 * process, and by a sweep those of other processes. Every process does both.
 */
export class OutboxRunner {
  private readonly waiting = new Set<string>();
  /** Accounts whose jobs could not be queued when this process tried it last. */
  private readonly failing = new Set<string>();
  private working: Promise<void> | undefined;
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: Options) {}

  start(): void {
    this.sweepIn(0);
  }

  /** In how many accounts jobs stay in the outbox. */
  get failingAccounts(): number {
    return this.failing.size;
  }

  /** A command of this process has left jobs in the account's outbox. */
  wake(accountId: string): void {
    this.waiting.add(accountId);
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  /** Resolves when the jobs of which this process knows are queued, or have failed. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.sweepTimer);
    await this.sweeping;
    await this.working;
  }

  /** One account after the other: it takes one of the connections for reads. Never rejects. */
  private async work(): Promise<void> {
    for (const accountId of this.waiting) {
      this.waiting.delete(accountId);
      try {
        await queueStoredJobs(this.options.source, accountId);
        this.failing.delete(accountId);
      } catch (error) {
        this.failing.add(accountId);
        // Nothing is lost: the rows are still there, and a sweep finds them.
        this.options.log.warn({ err: error, accountId }, 'jobs of an outbox were not queued');
      }
    }
  }

  private sweepIn(ms: number): void {
    if (this.isStopped) return;
    this.sweepTimer = setTimeout(() => (this.sweeping = this.sweep()), ms);
  }

  private async sweep(): Promise<void> {
    const { source, log, sweepEveryMs = defaultSweepMs } = this.options;
    try {
      const found = await accountsWithStoredJobs(source, accountsMax);
      // Another process may have queued them since.
      for (const accountId of this.failing) {
        if (!found.includes(accountId) && found.length < accountsMax)
          this.failing.delete(accountId);
      }
      for (const accountId of found) if (!this.isStopped) this.wake(accountId);
    } catch (error) {
      if (!this.isStopped) log.warn({ err: error }, 'a sweep over the outboxes failed');
    }
    this.sweepIn(sweepEveryMs);
  }
}
