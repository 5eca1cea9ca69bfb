import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { Log } from '../core/log';
import type { Metrics } from '../core/metrics';
import { createJobPool, unlockDeadWorkers } from '../db/jobs';
import type { ReleaseOncePool } from '../db/release-once-pool';

/** By name: what is done with a job's payload. One that rejects is tried again, later and later. */
export type Tasks = Record<string, (payload: never) => Promise<void>>;

/** Jobs of one process at a time; a mail is mostly waiting for the other side. */
const concurrency = 2;
/**
 * A new job is received at once, by NOTIFY; this interval is for jobs that are due for another
 * attempt.
 */
const pollEveryMs = 2_000;
const restartAfterMs = 5_000;
const deadLookMs = 60_000;
/** Below what a draining process has; a mail is handed over, or given up, in less. */
const shutdownMaxMs = 10_000;
/** What is still out of the pool then is not given back any more. */
const poolEndMaxMs = 2_000;

interface Options {
  url: string;
  metrics: Metrics;
  log: Log;
}

/** Does the jobs that transactions asked for. Every replica takes some; each job is one's at a time. */
export class JobRunner {
  private runner: Runner | undefined;
  private running: Promise<void> | undefined;
  private stopping = false;
  private endPause = () => {};
  private endRound = () => {};

  constructor(private readonly options: Options) {}

  start(tasks: Tasks): void {
    if (Object.keys(tasks).length > 0) this.running = this.keepRunning(tasks);
  }

  /** Accepts no new jobs and finishes those under way, within the bound of a shutdown. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endPause();
    this.restart();
    await this.running;
  }

  /** Ends the present round, within the bound of a shutdown; the next begins after a pause. */
  restart(): void {
    const { endRound } = this;
    this.runner?.stop().catch(() => {});
    // If the ends of jobs cannot be written, it can wait in its own shutdown without end.
    if (this.runner) setTimeout(endRound, shutdownMaxMs).unref();
  }

  /**
   * graphile-worker stops if it cannot write a job's end to the database, or cannot ask the
   * database for a job: it is started again, on connections of its own.
   */
  private async keepRunning(tasks: Tasks): Promise<void> {
    while (!this.stopping) {
      const pool = createJobPool(this.options.url, this.options.log);
      pool.on('error', () => this.options.metrics.partFailed('jobs'));
      const look = setInterval(() => void this.unlockDead(pool), deadLookMs);
      try {
        await this.doRound(pool, tasks);
      } catch (error) {
        this.options.log.warn({ err: error }, 'the job runner stopped');
      }
      this.runner = undefined;
      clearInterval(look);
      await pool.endWithin(poolEndMaxMs);
      if (!this.stopping) await this.pause();
    }
  }

  private async doRound(pool: ReleaseOncePool, tasks: Tasks): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.endRound = resolve));
    this.runner = await run({ ...this.workerOptions(pool, tasks), events: this.watched() });
    if (this.stopping) this.restart();
    await Promise.race([this.runner.promise, ended]);
  }

  private workerOptions(pool: ReleaseOncePool, tasks: Tasks) {
    const { log } = this.options;
    const taskList = Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        (payload: unknown) => task(payload as never),
      ]),
    );
    return {
      pgPool: pool,
      taskList,
      concurrency,
      pollInterval: pollEveryMs,
      parsedCronItems: [],
      // Without a delay, be it of no time, nobody waits for a job's end to be written: it would be lost
      // where the process stops, and end the process where the database is away.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noHandleSignals: true,
      logger: new Logger(() => (level, message, meta) => {
        if (level !== 'error' && level !== 'warning') return log.debug({ jobs: true }, message);
        // Its sentences end in what an error says, of a mail's recipient for one.
        const { error, failure } = { ...meta } as { error?: unknown; failure?: unknown };
        log.warn({ jobs: true, err: error ?? failure }, 'the job runner reports a failure');
      }),
    };
  }

  private watched(): WorkerEvents {
    const { metrics } = this.options;
    const events = new EventEmitter() as WorkerEvents;
    // Its list of tasks, once it could not be read, is never read again: no job would ever be done.
    events.on('worker:getJob:error', ({ error }) => {
      this.options.log.warn({ err: error }, 'the job queue could not be read; retrying');
      this.restart();
    });
    // It also shuts down on its own, and then may wait without end.
    const { endRound } = this;
    events.on('pool:gracefulShutdown', () => void setTimeout(endRound, shutdownMaxMs).unref());
    events.on('job:success', ({ job }) => metrics.jobAnswered(job.task_identifier, 'done'));
    events.on('job:error', ({ job }) => {
      const isLast = job.attempts >= job.max_attempts;
      metrics.jobAnswered(job.task_identifier, isLast ? 'failed' : 'retried');
    });
    return events;
  }

  private async unlockDead(pool: ReleaseOncePool): Promise<void> {
    await unlockDeadWorkers(pool).catch((error: unknown) => {
      this.options.log.warn({ err: error }, 'dead workers could not be unlocked');
    });
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, restartAfterMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
