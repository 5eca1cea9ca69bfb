import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import type { Metrics } from '../core/metrics';
import type { OutboundRules } from '../core/outbound';
import type { HintCarrier } from '../db/hints';
import type { JournalEntry } from '../journal/journal-entry';
import {
  claimEndpoint,
  endpointStore,
  pruneTries,
  releaseEndpoint,
  sweepEndpoints,
  type EndpointSweep,
} from './endpoint-store';
import { sendWebhook } from './send-webhook';
import { takeTurn, type Claimed, type Delivery } from './turn';
import { signingSecrets } from './webhook-secret';

/** Deliveries of this process at the same time: most of their time is waiting for the receiver. */
const turnsAtOnce = 16;
/** After that time an endpoint goes to the end of the line. */
const turnMaxMs = 20_000;
/** Hints of one account are joined for this long. */
const joinMs = 50;
/** Finds retries that are due, and what a lost hint was about. */
const defaultSweepMs = 1_000;
const pruneEveryMs = 10 * 60_000;

interface Options {
  source: DataSource;
  hints: Pick<HintCarrier, 'listen'>;
  /** The service's secret, of which the secrets of the endpoints are made. */
  key: Uint8Array;
  rules: OutboundRules;
  /** The public form of an entry. */
  compose(entry: JournalEntry): { id: string; body: string };
  nowMs: () => number;
  log: Log;
  observe: Pick<Metrics, 'webhookTried'>;
  sweepEveryMs?: number;
  timeoutMs?: number;
}

/**
 * Delivers the journals to the endpoints, in this process. Every process does: an endpoint is leased
 * by the process that delivers to it. The journal is the queue, so a commit of the ledger writes
 * nothing for webhooks, and nothing is shared with the jobs: a receiver that hangs delays no mail.
 */
export class DeliveryRunner {
  private readonly waiting = new Set<string>();
  private readonly turns = new Set<Promise<void>>();
  /** Accounts whose hints are of interest. */
  private active: ReadonlySet<string> = new Set();
  private readonly hinted = new Set<string>();
  private join: NodeJS.Timeout | undefined;
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private prunedAt = performance.now();
  private readonly stopping = new AbortController();
  /** As of the last sweep. */
  states: Partial<EndpointSweep['states']> = {};

  constructor(private readonly options: Options) {}

  start(): void {
    this.options.hints.listen(
      ({ accountId, sequence, state }) => {
        if (sequence !== undefined) this.hint(accountId);
        // An endpoint may have been created or changed.
        if (state?.kind === 'account') this.sweepIn(0);
      },
      () => this.sweepIn(0),
    );
    this.sweepIn(0);
  }

  /** Gives up the tries under way, which are made again, and resolves when all turns are over. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.join);
    clearTimeout(this.sweepTimer);
    this.waiting.clear();
    await Promise.all([...this.turns, this.sweeping]);
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private hint(accountId: string): void {
    if (this.isStopped || !this.active.has(accountId)) return;
    this.hinted.add(accountId);
    this.join ??= setTimeout(() => {
      this.join = undefined;
      for (const hinted of this.hinted) this.want(hinted);
      this.hinted.clear();
    }, joinMs);
  }

  private want(accountId: string): void {
    if (this.isStopped) return;
    this.waiting.add(accountId);
    while (this.turns.size < turnsAtOnce) {
      const [next] = this.waiting;
      if (next === undefined) return;
      this.waiting.delete(next);
      const turn: Promise<void> = this.take(next).finally(() => this.turns.delete(turn));
      this.turns.add(turn);
      void turn.then(() => this.takeNext());
    }
  }

  private takeNext(): void {
    const [next] = this.waiting;
    if (next !== undefined) this.want(next);
  }

  private async take(accountId: string): Promise<void> {
    const { source, log } = this.options;
    try {
      const claimed = await claimEndpoint(source, accountId);
      if (!claimed) return;
      // Other endpoints of the account need not wait for this one.
      this.waiting.add(accountId);
      this.takeNextSoon();
      try {
        await this.deliver(claimed);
      } finally {
        await releaseEndpoint(source, claimed);
      }
      // There may be new entries, or time was over.
      if (!this.isStopped) this.waiting.add(accountId);
    } catch (error) {
      if (!this.isStopped) log.warn({ err: error, accountId }, 'webhooks could not be delivered');
    }
  }

  private takeNextSoon(): void {
    setImmediate(() => this.takeNext());
  }

  private async deliver(claimed: Claimed): Promise<void> {
    const { source } = this.options;
    const endsAt = performance.now() + turnMaxMs;
    await takeTurn(claimed, {
      store: endpointStore(source),
      send: (endpoint, delivery, isReplay) => this.send(endpoint, delivery, isReplay),
      mayGoOn: () => !this.isStopped && performance.now() < endsAt,
    });
  }

  private async send(endpoint: Claimed, { entry }: Delivery<JournalEntry>, isReplay: boolean) {
    const { key, rules, nowMs, compose, observe, timeoutMs } = this.options;
    const { accountId, id: endpointId, secretVersion: version } = endpoint;
    const secrets = signingSecrets(
      key,
      { accountId, endpointId, version },
      { previousToo: endpoint.previousSecretSigns },
    );
    const { signal } = this.stopping;
    const message = { ...compose(entry), url: endpoint.url, secrets, isReplay };
    const result = await sendWebhook(message, { rules, nowMs, signal, timeoutMs });
    // A try that the end of this process broke off says nothing about the receiver.
    if (result.status === null && this.isStopped) throw new Error('the process stops');
    observe.webhookTried(result);
    return result;
  }

  private sweepIn(ms: number): void {
    if (this.isStopped) return;
    clearTimeout(this.sweepTimer);
    this.sweepTimer = setTimeout(() => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, ms);
  }

  private async sweep(): Promise<void> {
    const { source, log, sweepEveryMs = defaultSweepMs } = this.options;
    try {
      const { active, due, states } = await sweepEndpoints(source);
      this.active = new Set(active);
      this.states = states;
      for (const accountId of due) this.want(accountId);
      if (performance.now() - this.prunedAt > pruneEveryMs) {
        this.prunedAt = performance.now();
        await pruneTries(source);
      }
    } catch (error) {
      log.warn({ err: error }, 'a sweep for webhooks failed');
    }
    this.sweepIn(sweepEveryMs);
  }
}
