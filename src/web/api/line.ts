import { createClient, type Client } from 'graphql-ws';
import type { Document } from './document';
import { Fault, faultOf } from './fault';

/** Called for a bearer token at every connect; null or an empty text: nobody is signed in. */
export type Credentials = () => string | null | undefined | Promise<string | null | undefined>;

/**
 * Why a line was lost: the connection broke, its bearer token expired, or no credential is
 * accepted.
 */
export type Loss = 'BROKEN' | 'ENDED' | 'UNAUTHENTICATED';

/** Close codes of the service: do not reconnect; reconnect with a new bearer token. */
const lossOf: Partial<Record<number, Loss>> = { 4401: 'UNAUTHENTICATED', 4403: 'ENDED' };
/** A usable network opens a socket within this time. */
const openingMaxMs = 15_000;
/** Regular pings find a network that has died silently. */
const pingEveryMs = 10_000;
const pongMaxMs = 5_000;

/**
 * One connection to the service, from its opening to its loss. For another connection, create
 * another object.
 */
export class Line {
  private client: Client | null = null;
  private isOver = false;
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();

  private constructor(private readonly onLost: (loss: Loss) => void) {}

  static open(to: {
    endpoint: string;
    credentials: Credentials;
    /** It accepts operations. */
    onOpen: (line: Line) => void;
    /** The service has accepted it. */
    onConnected?: () => void;
    onLost: (loss: Loss) => void;
  }): Line {
    const line = new Line(to.onLost);
    void line.connect(to);
    return line;
  }

  /** Sends one request. Rejects with a Fault; never settles if the line is lost first. */
  request<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.subscribe(document, variables, { next: resolve, fault: reject });
    });
  }

  /** Receives messages until the returned function is called. */
  subscribe<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    sink: { next: (result: Result) => void; fault: (fault: Fault) => void },
  ): () => void {
    if (!this.client || this.isOver) return () => {};
    const payload = { query: String(document), variables: variables as Record<string, unknown> };
    return this.client.subscribe<Result>(payload, {
      next: ({ data, errors }) => {
        if (this.isOver) return;
        if (errors || !data) sink.fault(faultOf(errors));
        else sink.next(data);
      },
      error: (thrown) => {
        // The loss of the line is reported once, by onLost.
        if (Array.isArray(thrown) && !this.isOver) sink.fault(faultOf(thrown));
      },
      complete: () => {},
    });
  }

  /** Treats the line as broken. */
  drop(): void {
    this.lose('BROKEN');
  }

  /** Closes the line without a report. */
  close(): void {
    this.end();
  }

  private async connect(to: {
    endpoint: string;
    credentials: Credentials;
    onOpen: (line: Line) => void;
    onConnected?: () => void;
  }): Promise<void> {
    // Before the socket is opened, because the service waits for a bearer token only for a short
    // time.
    let bearer: string | null | undefined;
    try {
      bearer = await to.credentials();
    } catch (error) {
      console.warn('daypass: no credentials', error);
      return this.lose('BROKEN');
    }
    if (this.isOver) return;
    if (!bearer) return this.lose('UNAUTHENTICATED');

    const opening = this.after(openingMaxMs, () => this.drop());
    let answered: ReturnType<typeof setTimeout> | undefined;
    this.client = createClient({
      url: socketAddress(to.endpoint),
      connectionParams: { authorization: `Bearer ${bearer}` },
      retryAttempts: 0,
      // It stays open when the last of its streams has ended, such as by a refusal. `closed` reports its loss.
      lazy: false,
      onNonLazyError: () => {},
      keepAlive: pingEveryMs,
      on: {
        connected: () => {
          clearTimeout(opening);
          if (!this.isOver) to.onConnected?.();
        },
        ping: (received) => {
          if (!received) answered = this.after(pongMaxMs, () => this.drop());
        },
        pong: () => clearTimeout(answered),
        closed: (event) => {
          const { code } = event as { code: number };
          this.lose(lossOf[code] ?? 'BROKEN');
        },
      },
    });
    to.onOpen(this);
  }

  private lose(loss: Loss): void {
    if (this.isOver) return;
    this.end();
    this.onLost(loss);
  }

  private end(): void {
    this.isOver = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.client?.terminate();
    Promise.resolve(this.client?.dispose()).catch(() => {});
  }

  private after(ms: number, act: () => void): ReturnType<typeof setTimeout> {
    const timer = setTimeout(act, ms);
    this.timers.add(timer);
    return timer;
  }
}

/** http and https become ws and wss. */
function socketAddress(endpoint: string): string {
  const url = new URL(endpoint, document.baseURI);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  return url.href;
}
