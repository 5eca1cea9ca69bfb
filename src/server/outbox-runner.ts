import type { DataSource } from 'typeorm';
import { nilId } from '../core/ids';
import type { Log } from '../core/log';
import type { Metrics } from '../core/metrics';
import { accountsWithStoredJobs, queueStoredJobs, type SetAsideJob } from '../db/job-outbox';

/** Finds the jobs of commands of the command line, and of a process that ended just after its commit. */
const defaultSweepMs = 2_000;
/** Of one sweep; the next continues after the last of them. */
const defaultAccountsMax = 100;

interface Options {
  source: DataSource;
  log: Log;
  observe: Pick<Metrics, 'jobSetAside'>;
  sweepEveryMs?: number;
  accountsMax?: number;
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
  private sweepAfter = nilId;
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
        await queueStoredJobs(this.options.source, accountId, (job, error) => {
          this.noteSetAside(accountId, job, error);
        });
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

  private noteSetAside(accountId: string, { id, task }: SetAsideJob, error: unknown): void {
    const { log, observe } = this.options;
    observe.jobSetAside(task);
    // Of the error only its code: its message may quote the payload.
    const { code = 'not JSON' } = error as { code?: string };
    log.error({ accountId, jobId: id, task, code }, 'a job of an outbox was set aside');
  }

  /** Looks at the next accounts; after the last one it begins again at the first. */
  private async sweep(): Promise<void> {
    const { source, log } = this.options;
    const { sweepEveryMs = defaultSweepMs, accountsMax: max = defaultAccountsMax } = this.options;
    try {
      const after = this.sweepAfter;
      const found = await accountsWithStoredJobs(source, { after, max });
      const through = found.length < max ? null : found.at(-1)!;
      // Another process may have queued them since.
      for (const accountId of this.failing) {
        const wasLookedAt = accountId > after && (through === null || accountId <= through);
        if (wasLookedAt && !found.includes(accountId)) this.failing.delete(accountId);
      }
      for (const accountId of found) if (!this.isStopped) this.wake(accountId);
      this.sweepAfter = through ?? nilId;
    } catch (error) {
      if (!this.isStopped) log.warn({ err: error }, 'a sweep over the outboxes failed');
    }
    this.sweepIn(sweepEveryMs);
  }
}
