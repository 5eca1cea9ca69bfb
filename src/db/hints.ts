import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Log } from '../core/log';
import { BoundedClient, breakConnection } from './bounded-client';

/** A kind of state that streams depend on and that is not in the journal. */
export type StateKind = 'account' | 'agent' | 'ticket' | 'wallet' | 'key' | 'identityProvider';

export interface StateRef {
  kind: StateKind;
  id: string;
}

/**
 * "Something of account A has changed": never the change itself, which the receiver reads from the
 * database. A lost hint loses nothing: the slow poll finds the change.
 */
export interface Hint {
  accountId: string;
  /** The journal's last number, if the journal has changed. */
  sequence?: number;
  /** What has changed, if it is state. */
  state?: StateRef;
}

/** Carries hints between the replicas. PostgreSQL's NOTIFY is the one that ships. */
export interface HintCarrier {
  send(hint: Hint): void;
  /** Receives every hint, those of this process included. */
  listen(onHint: (hint: Hint) => void, onDoubt: () => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether hints of other processes are received at present. */
  isListening(): boolean;
  /** When the carrier last answered, by the monotonic clock: until then nothing was missed. */
  heardAt(): number;
}

const channel = 'daypass';
/** Its commit does not wait for the disk: a hint may be lost, and what it is about is committed. */
const notify = `select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;
/** Hints are folded for this long and sent as one. */
const foldMs = 5;
/** NOTIFY accepts 8,000 bytes; a hint has less than 150. */
const hintsPerNotify = 40;
const pingEveryMs = 1_000;
const pingWaitMs = 2_000;
const reconnectMs = { least: 100, most: 5_000 };

const message = z.object({
  from: z.string(),
  hints: z.array(
    z.object({
      accountId: z.string(),
      sequence: z.number().optional(),
      state: z
        .object({
          kind: z.enum(['account', 'agent', 'ticket', 'wallet', 'key', 'identityProvider']),
          id: z.string(),
        })
        .optional(),
    }),
  ),
});

/**
 * Hints over LISTEN and NOTIFY. They are sent after the commit, on the pool's connections, many in
 * one: a NOTIFY inside a transaction takes a global lock at its commit. The listening connection is
 * pinged, and if a hint may have been lost, the receivers read everything again.
 */
export class NotifyHints implements HintCarrier {
  /** The beginning of each message of this process. */
  private readonly opening = `{"from":"${randomUUID()}",`;
  private readonly journals = new Map<string, number>();
  private readonly states = new Map<string, Hint>();
  private fold: NodeJS.Timeout | undefined;
  private client: Client | undefined;
  private ping: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs = reconnectMs.least;
  private stopped = false;
  private readonly listeners: { onHint: (hint: Hint) => void; onDoubt: () => void }[] = [];
  private lastReceivedAt = -Infinity;

  constructor(
    private readonly source: DataSource,
    private readonly url: string,
    private readonly log: Log,
    /** Reports what a listener threw: the driver, which called it, must not get it. */
    private readonly onFailure: (error: unknown) => void = () => {},
  ) {}

  listen(onHint: (hint: Hint) => void, onDoubt: () => void): void {
    this.listeners.push({ onHint, onDoubt });
  }

  isListening(): boolean {
    return this.client !== undefined;
  }

  heardAt(): number {
    return this.client ? this.lastReceivedAt : -Infinity;
  }

  send(hint: Hint): void {
    const { accountId, sequence, state } = hint;
    if (sequence !== undefined) {
      this.journals.set(accountId, Math.max(sequence, this.journals.get(accountId) ?? 0));
    }
    if (state) this.states.set(`${accountId} ${state.kind} ${state.id}`, { accountId, state });
    this.publish(hint);
    this.fold ??= setTimeout(() => this.flush(), foldMs);
  }

  async start(): Promise<void> {
    await this.connect();
  }

  /** Starts the listening connection again, which ends every doubt about it. */
  restart(): void {
    if (this.client) this.lose(this.client);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.fold);
    clearTimeout(this.retry);
    clearTimeout(this.ping);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => {});
  }

  private flush(): void {
    this.fold = undefined;
    const hints = [
      ...[...this.journals].map(([accountId, sequence]) => ({ accountId, sequence })),
      ...this.states.values(),
    ];
    this.journals.clear();
    this.states.clear();
    for (let at = 0; at < hints.length; at += hintsPerNotify) {
      const some = JSON.stringify(hints.slice(at, at + hintsPerNotify));
      const text = `${this.opening}"hints":${some}}`;
      this.source.query(notify, [channel, text]).catch((error: unknown) => {
        // Nothing is lost: the others' slow poll finds what the hint was about.
        this.log.warn({ err: error }, 'a hint was not sent');
      });
    }
  }

  private async connect(): Promise<void> {
    const client: Client = new BoundedClient({
      connectionString: this.url,
      application_name: 'daypass listener',
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
    });
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    // One failure may report twice, as an error and as an end: only the current client's counts.
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch (error) {
      this.log.warn({ err: error }, 'cannot listen for hints');
      client.end().catch(() => {});
      this.connectLater();
      return;
    }
    if (this.stopped) {
      await client.end().catch(() => {});
      return;
    }
    this.client = client;
    this.retryMs = reconnectMs.least;
    this.lastReceivedAt = performance.now();
    this.pingLater(client);
    for (const { onDoubt } of this.listeners) this.guard(onDoubt);
  }

  private receive(payload: string): void {
    // This process knows its own hints, and to parse them costs as much as a small request.
    if (payload.startsWith(this.opening)) return;
    const received = message.safeParse(safeJson(payload));
    if (!received.success) return;
    for (const hint of received.data.hints) this.publish(hint);
  }

  private publish(hint: Hint): void {
    for (const { onHint } of this.listeners) this.guard(() => onHint(hint));
  }

  /** What one listener throws keeps nothing from the others. */
  private guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.onFailure(error);
    }
  }

  private pingLater(client: Client): void {
    this.ping = setTimeout(() => {
      // A connection that went silent without closing answers no ping.
      const silent = setTimeout(() => this.lose(client), pingWaitMs);
      const askedAt = performance.now();
      client.query('select 1').then(
        () => {
          clearTimeout(silent);
          // On one connection, hints that were sent before the question arrive before the answer.
          this.lastReceivedAt = askedAt;
          if (this.client === client) this.pingLater(client);
        },
        () => {
          clearTimeout(silent);
          this.lose(client);
        },
      );
    }, pingEveryMs);
  }

  private lose(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearTimeout(this.ping);
    this.log.warn('the hint listener lost its connection');
    // Destroyed, not ended: a connection that went silent would not answer the farewell either.
    breakConnection(client);
    this.connectLater();
  }

  private connectLater(): void {
    if (this.stopped) return;
    this.retry = setTimeout(() => void this.connect(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, reconnectMs.most);
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
