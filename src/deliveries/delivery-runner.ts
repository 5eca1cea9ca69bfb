import type { Agent } from 'node:http';
import type { DataSource } from 'typeorm';
import type { ShareOfWork } from '../core/background-share';
import type { Log } from '../core/log';
import type { Metrics } from '../core/metrics';
import { keepConnection, type OutboundRules } from '../core/outbound';
import type { HintCarrier } from '../db/hints';
import type { JournalEntry } from '../journal/journal-entry';
import { claimEndpoint, endpointStore, perAccountMax, releaseEndpoint } from './endpoint-store';
import { sendWebhook } from './send-webhook';
import { SharedPages } from './shared-pages';
import { pruneTries, sweepEndpoints, type EndpointSweep } from './sweep-endpoints';
import { takeTurn, type Claimed, type Delivery, type TurnStore } from './turn';
import type { TryResult } from './try.rules';
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
/**
 * While requests need the process or much waits, tries are written together: a killed process repeats
 * so many.
 */
export const triesPerWriteMax = 20;
/** What a statement costs this process, as measured: building it, sending it and reading the answer. */
const statementMs = 0.15;
/**
 * A try costs this many times its beginning, which alone can be measured: the answer is read in many
 * steps. A busy process needs longer, because the processor's caches no longer have what a try needs.
 */
const tryCosts = { free: 2, busy: 4 };

interface Options {
  source: DataSource;
  /** Deliveries give way to requests. */
  share: ShareOfWork;
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
  /** Accounts of which a turn waits for its share, and then claims an endpoint. */
  private readonly asking = new Set<string>();
  /** How many endpoints of an account this process delivers to. */
  private readonly delivering = new Map<string, number>();
  /** Accounts whose hints are of interest. */
  private active: ReadonlySet<string> = new Set();
  private readonly hinted = new Set<string>();
  private join: NodeJS.Timeout | undefined;
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private prunedAt = performance.now();
  private readonly stopping = new AbortController();
  private readonly store: TurnStore<JournalEntry>;
  /** The messages of entries that are at hand: all endpoints of an account get the same. */
  private readonly messages = new WeakMap<JournalEntry, { id: string; body: string }>();
  /** As of the last sweep. */
  states: Partial<EndpointSweep['states']> = {};
  lag: EndpointSweep['lag'] = { entries: 0, oldestMs: 0 };

  constructor(private readonly options: Options) {
    const { source, nowMs, share } = options;
    const store = endpointStore({ source, nowMs, pages: new SharedPages() });
    this.store = {
      next(endpoint, limit) {
        share.spent(2 * statementMs);
        return store.next(endpoint, limit);
      },
      write(endpoint, move) {
        share.spent(statementMs);
        return store.write(endpoint, move);
      },
    };
  }

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
    const { source, log, share } = this.options;
    const turnsOf = () => this.delivering.get(accountId) ?? 0;
    // The claim that is about to be made, and the end of each turn, find what is new.
    if (this.asking.has(accountId) || turnsOf() >= perAccountMax) return;
    try {
      this.asking.add(accountId);
      await share.begin();
      this.asking.delete(accountId);
      if (this.stopping.signal.aborted) return;
      share.spent(2 * statementMs);
      const claimed = await claimEndpoint(source, accountId);
      if (!claimed) return;
      // Other endpoints of the account need not wait for this one.
      this.waiting.add(accountId);
      this.takeNextSoon();
      this.delivering.set(accountId, turnsOf() + 1);
      try {
        await this.deliver(claimed);
      } finally {
        if (turnsOf() > 1) this.delivering.set(accountId, turnsOf() - 1);
        else this.delivering.delete(accountId);
        share.spent(statementMs);
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
    const { key, share } = this.options;
    const { accountId, id: endpointId, secretVersion: version } = claimed;
    const secrets = signingSecrets(
      key,
      { accountId, endpointId, version },
      { previousToo: claimed.previousSecretSigns },
    );
    const connection = keepConnection(claimed.url);
    const endsAt = performance.now() + turnMaxMs;
    const mayContinue = () => !this.isStopped && performance.now() < endsAt;
    try {
      await takeTurn(claimed, {
        store: this.store,
        send: (endpoint, delivery, isReplay) =>
          this.send(endpoint, delivery, { secrets, connection, isReplay }),
        triesPerWrite: ({ isLast }) => (isLast && !share.isBusy ? 1 : triesPerWriteMax),
        async mayContinue() {
          if (!mayContinue()) return false;
          await share.begin();
          return mayContinue();
        },
      });
    } finally {
      connection.destroy();
    }
  }

  private async send(
    { url }: Claimed,
    { entry }: Delivery<JournalEntry>,
    how: { secrets: readonly string[]; connection: Agent; isReplay: boolean },
  ): Promise<TryResult | null> {
    const { rules, nowMs, observe, timeoutMs, share } = this.options;
    const { connection, ...signed } = how;
    const { signal } = this.stopping;
    const startedAt = performance.now();
    const trying = sendWebhook(
      { ...this.messageOf(entry), url, ...signed },
      { rules, nowMs, signal, timeoutMs, connection },
    );
    const beginMs = performance.now() - startedAt;
    share.spent(beginMs * (share.isBusy ? tryCosts.busy : tryCosts.free));
    const result = await trying;
    // A try that the end of this process broke off says nothing about the receiver.
    if (result.status === null && this.isStopped) return null;
    observe.webhookTried(result);
    return result;
  }

  private messageOf(entry: JournalEntry): { id: string; body: string } {
    const known = this.messages.get(entry);
    if (known) return known;
    const message = this.options.compose(entry);
    this.messages.set(entry, message);
    return message;
  }

  private sweepIn(ms: number): void {
    if (this.isStopped) return;
    clearTimeout(this.sweepTimer);
    this.sweepTimer = setTimeout(() => {
      this.sweeping = this.sweeping.then(() => this.sweep());
    }, ms);
  }

  private async sweep(): Promise<void> {
    const { source, log, nowMs, sweepEveryMs = defaultSweepMs } = this.options;
    try {
      const { active, due, states, lag } = await sweepEndpoints(source, nowMs());
      this.active = new Set(active);
      this.states = states;
      this.lag = lag;
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
