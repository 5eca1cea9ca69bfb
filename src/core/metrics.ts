import { parts, type Part } from './part-failures';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The doors of the service. */
export type Door = 'http' | 'websocket' | 'sse';

/** The type of an operation; `unknown` if the request failed before it was known. */
export type OperationType = 'query' | 'mutation' | 'subscription' | 'unknown';

/** How far a follower is from the ends of the journals, over all accounts. */
export interface FollowerLag {
  follower: string;
  /** Entries that it has not handled yet. */
  entries: number;
  /** The age of the oldest of them, by its own instant. */
  oldestMs: number;
}

/**
 * What the process counts and measures. It is created once at the start and passed to every part
 * that reports something. Labels have few values, and none of them identifies an account. Times are
 * passed in milliseconds and shown in seconds, as is usual for Prometheus.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly only = { registers: [this.registry] };

  private readonly requests = new Counter({
    ...this.only,
    name: 'daypass_requests_total',
    help: 'Operations that were answered, by door, type, and OK or the code of the first fault.',
    labelNames: ['door', 'type', 'code'],
  });
  private readonly requestSeconds = new Histogram({
    ...this.only,
    name: 'daypass_request_duration_seconds',
    help: 'Duration of a query or mutation; for a subscription, until it was accepted.',
    labelNames: ['door', 'type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  private readonly batchSize = new Histogram({
    ...this.only,
    name: 'daypass_ledger_batch_commands',
    help: 'Number of commands that one transaction of the ledger committed together.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  });
  private readonly commitSeconds = new Histogram({
    ...this.only,
    name: 'daypass_ledger_commit_seconds',
    help: 'Duration of a batch, from taking a connection to the commit, retries included.',
    buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  private readonly commands = new Counter({
    ...this.only,
    name: 'daypass_ledger_commands_total',
    help: 'Commands, by kind and result: accepted, replayed, the code of the refusal, or failed.',
    labelNames: ['kind', 'outcome'],
  });
  private readonly journalLag = new Histogram({
    ...this.only,
    name: 'daypass_journal_lag_seconds',
    help: 'From an entry’s instant until this process handed it to its subscribers.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  private readonly expiryLateness = new Histogram({
    ...this.only,
    name: 'daypass_expiry_lateness_seconds',
    help: 'From the end of a pass until its end was in the journal.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
  });

  private readonly jobs = new Counter({
    ...this.only,
    name: 'daypass_jobs_total',
    help: 'Jobs (mails), by task and result: done, retried, or failed after the last retry.',
    labelNames: ['task', 'outcome'],
  });
  private readonly jobsSetAside = new Counter({
    ...this.only,
    name: 'daypass_outbox_set_aside_total',
    help: 'Jobs that stay in the outbox because the queue refuses what is in them, by task.',
    labelNames: ['task'],
  });
  private readonly webhookTries = new Counter({
    ...this.only,
    name: 'daypass_webhook_tries_total',
    help: 'Tries to deliver a webhook, by result: delivered, refused (another status), or failed (no answer).',
    labelNames: ['outcome'],
  });
  private readonly webhookSeconds = new Histogram({
    ...this.only,
    name: 'daypass_webhook_try_seconds',
    help: 'Duration of a try to deliver a webhook.',
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  });
  private readonly followerPages = new Counter({
    ...this.only,
    name: 'daypass_follower_pages_total',
    help: 'Pages of journal entries that followers handled, by follower.',
    labelNames: ['follower'],
  });
  private readonly followerEntries = new Counter({
    ...this.only,
    name: 'daypass_follower_entries_total',
    help: 'Journal entries that followers handled, by follower.',
    labelNames: ['follower'],
  });
  private readonly followerFailures = new Counter({
    ...this.only,
    name: 'daypass_follower_failures_total',
    help: 'Failures of followers, by follower. The same entries are tried again after a pause.',
    labelNames: ['follower'],
  });
  private readonly partFailures = new Counter({
    ...this.only,
    name: 'daypass_part_failures_total',
    help: 'Failures of background parts, outside of requests. Each failed part is restarted.',
    labelNames: ['part'],
  });
  private readonly connections = new Map<Door, () => number>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    for (const part of parts) this.partFailures.inc({ part }, 0);
    const { connections } = this;
    new Gauge({
      ...this.only,
      name: 'daypass_open_connections',
      help: 'Open sockets and event streams, by door.',
      labelNames: ['door'],
      collect() {
        for (const [door, read] of connections) this.set({ door }, read());
      },
    });
  }

  /** An operation was answered. `code` is OK or a code of the closed list. */
  requestAnswered(request: { door: Door; type: OperationType; code: string; ms: number }): void {
    const { door, type, code, ms } = request;
    this.requests.inc({ door, type, code });
    this.requestSeconds.observe({ door, type }, ms / 1_000);
  }

  /** The ledger committed a batch. `endedLateMs`: how long after its end each pass was ended. */
  batchCommitted(batch: { commands: number; ms: number; endedLateMs: readonly number[] }): void {
    this.batchSize.observe(batch.commands);
    this.commitSeconds.observe(batch.ms / 1_000);
    for (const lateMs of batch.endedLateMs) this.expiryLateness.observe(lateMs / 1_000);
  }

  /** A command was answered. `outcome`: accepted, replayed, the code of a refusal, or failed. */
  commandAnswered(kind: string, outcome: string): void {
    this.commands.inc({ kind, outcome });
  }

  /** A try of a job is over. */
  jobAnswered(task: string, outcome: 'done' | 'retried' | 'failed'): void {
    this.jobs.inc({ task, outcome });
  }

  /** A job was set aside: the queue refuses what is in it. */
  jobSetAside(task: string): void {
    this.jobsSetAside.inc({ task });
  }

  /** A try to deliver a webhook is over. `status` is null if no answer arrived. */
  webhookTried(result: { status: number | null; milliseconds: number }): void {
    const { status, milliseconds } = result;
    const isDelivered = status !== null && status >= 200 && status < 300;
    const outcome = isDelivered ? 'delivered' : status === null ? 'failed' : 'refused';
    this.webhookTries.inc({ outcome });
    this.webhookSeconds.observe(milliseconds / 1_000);
  }

  /** How many webhook endpoints are in each state; read whenever the metrics are. */
  watchWebhooks(read: () => Readonly<Partial<Record<string, number>>>): void {
    new Gauge({
      ...this.only,
      name: 'daypass_webhook_endpoints',
      help: 'Webhook endpoints of all accounts, by state. FAILING: active, and the last try failed.',
      labelNames: ['state'],
      collect() {
        for (const [state, endpoints] of Object.entries(read())) this.set({ state }, endpoints!);
      },
    });
  }

  /** How far webhook endpoints are from the ends of the journals; read whenever the metrics are. */
  watchWebhookLag(read: () => { entries: number; oldestMs: number }): void {
    const ofActive = 'active webhook endpoints whose last try did not fail';
    this.gauge(
      'daypass_webhook_lag_entries',
      `Journal entries that wait for ${ofActive}, over all accounts.`,
      () => read().entries,
    );
    this.gauge(
      'daypass_webhook_lag_seconds',
      `The age of the oldest journal entry that waits for ${ofActive}.`,
      () => read().oldestMs / 1_000,
    );
  }

  /** A follower handled a page of so many entries. */
  followerPaged(follower: string, entries: number): void {
    this.followerPages.inc({ follower });
    this.followerEntries.inc({ follower }, entries);
  }

  /** A follower failed; it is tried again. */
  followerFailed(follower: string): void {
    this.followerFailures.inc({ follower });
  }

  /** How far followers are from the ends of the journals; read whenever the metrics are. */
  watchFollowers(read: () => readonly FollowerLag[]): void {
    const labelNames = ['follower'] as const;
    new Gauge({
      ...this.only,
      name: 'daypass_follower_lag_entries',
      help: 'Journal entries that a follower has not handled yet, over all accounts.',
      labelNames,
      collect() {
        for (const { follower, entries } of read()) this.set({ follower }, entries);
      },
    });
    new Gauge({
      ...this.only,
      name: 'daypass_follower_lag_seconds',
      help: 'The age of the oldest journal entry that a follower has not handled yet.',
      labelNames,
      collect() {
        for (const { follower, oldestMs } of read()) this.set({ follower }, oldestMs / 1_000);
      },
    });
  }

  /** In how many accounts jobs stay in the outbox; read whenever the metrics are. */
  watchOutbox(read: () => number): void {
    new Gauge({
      ...this.only,
      name: 'daypass_outbox_failing_accounts',
      help: 'Accounts whose jobs stay in the outbox, because this process could not queue them.',
      collect() {
        this.set(read());
      },
    });
  }

  /** A part failed outside every promise that is waited for. */
  partFailed(part: Part): void {
    this.partFailures.inc({ part });
  }

  /** The tail handed on an entry that is `ms` old, by the database's clock. */
  journalLagged(ms: number): void {
    this.journalLag.observe(Math.max(ms, 0) / 1_000);
  }

  /** Commands that wait for their batch; read whenever the metrics are. */
  watchQueue(read: () => number): void {
    this.gauge('daypass_ledger_queue_commands', 'Commands that wait for a batch.', read);
  }

  /** Subscriptions that are open, at all doors. */
  watchSubscribers(read: () => number): void {
    this.gauge('daypass_subscribers', 'Open subscriptions.', read);
  }

  /** Connections that are open at a door. */
  watchConnections(door: Door, read: () => number): void {
    this.connections.set(door, read);
  }

  /** Whether hints of other processes are received at present. */
  watchHintListener(isListening: () => boolean): void {
    const help =
      'Whether hints of other processes are received (1), or only the slow poll works (0).';
    this.gauge('daypass_hint_listener_up', help, () => (isListening() ? 1 : 0));
  }

  /** All of it in Prometheus' text format. */
  async text(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      ...this.only,
      name,
      help,
      collect() {
        this.set(read());
      },
    });
  }
}
