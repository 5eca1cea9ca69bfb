import { EventEmitter } from 'node:events';
import { Logger, run, type Runner, type WorkerEvents } from 'graphile-worker';
import type { Log } from '../core/log';
import type { Metrics } from '../core/metrics';
import { isEnding } from '../db/data-source';
import { createJobPool, unlockDeadWorkers } from '../db/jobs';
import type { ReleaseOncePool } from '../db/release-once-pool';

/** The tasks by name. A job that rejects is tried again, after longer and longer pauses. */
export type Tasks = Record<string, (payload: never) => Promise<void>>;

/**
 * The number of jobs that one process does at the same time; a mail mostly waits for the other
 * server.
 */
const mailsAtOnce = 2;
/**
 * A new job is received at once, by NOTIFY; this interval is for jobs that are due for another
 * attempt.
 */
const pollEveryMs = 2_000;
const restartAfterMs = 5_000;
const deadLookMs = 60_000;
/** Less than a draining process has; a mail is sent, or its attempt ends, in less time. */
const shutdownMaxMs = 10_000;
/** A connection that is still in use then is never returned to the pool. */
const poolEndMaxMs = 2_000;

interface Options {
  url: string;
  metrics: Metrics;
  log: Log;
  /** Jobs at the same time. */
  concurrency?: number;
  /** Connections: one listens, the others begin and end jobs. */
  connections?: number;
}

/**
 * Does the jobs that transactions added. Every replica takes some; only one at a time does a given
 * job.
 */
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

  /** Ends the present run, within the bound of a shutdown; the next begins after a pause. */
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
      const { url, log, connections } = this.options;
      const pool = createJobPool(url, log, connections);
      pool.on('error', () => {
        if (!isEnding(pool)) this.options.metrics.partFailed('jobs');
      });
      const look = setInterval(() => void this.unlockDead(pool), deadLookMs);
      try {
        await this.doRound(pool, tasks);
      } catch (error) {
        this.options.log.warn({ err: error }, 'the job runner stopped');
      }
      this.runner = undefined;
      clearInterval(look);
      await pool.endWithin(poolEndMaxMs);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `stop` may have been called meanwhile.
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
    const { log, concurrency = mailsAtOnce } = this.options;
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
      // Without a delay (of 0 ms), nothing waits until a job's end is written: the write would be
      // lost if the process stops, and would end the process if the database is not reachable.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      noHandleSignals: true,
      logger: new Logger(() => (level, message, meta) => {
        const isSerious = ['error', 'warning'].includes(level) && !isAboutPoolSize(meta);
        if (!isSerious) return log.debug({ jobs: true }, message);
        // Its messages contain the text of an error, which may name a mail's recipient.
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

/**
 * It advises a connection for each job that runs at the same time. Ours spend their time on another
 * server: a job needs the database only when it begins and when it ends.
 */
const isAboutPoolSize = (meta: object | undefined): boolean =>
  meta !== undefined && 'max' in meta && 'concurrency' in meta;
