import type { Socket } from 'node:net';
import { Client, type ClientBase, type ClientConfig } from 'pg';

/**
 * PostgreSQL ends what takes longer than `statement_timeout`, and reports it. A client that has
 * received nothing a second after that is at a connection that went silent without closing; TCP
 * alone would take a quarter of an hour to find out.
 */
const afterStatementMs = 1_000;
/** Of a connection that has no bound of its own. */
const defaultStatementMs = 5_000;
/** Nobody waits longer for the other side to say goodbye: a process that drains has 15 s for all. */
const farewellMaxMs = 2_000;

/** A client that breaks its connection when it is met with silence: a query then has ETIMEDOUT. */
export class BoundedClient extends Client {
  private readonly silenceMaxMs: number;

  constructor(config?: string | ClientConfig) {
    super(config);
    const given = typeof config === 'object' ? config.statement_timeout : undefined;
    this.silenceMaxMs = (given || defaultStatementMs) + afterStatementMs;
    // Whoever uses a connection is told by its query. An error between two queries, or the second of
    // one failure, has nobody to hear it, and would end the process.
    this.on('error', () => {});
  }

  /** Both of the driver's ways: a promise, or a callback that comes last (`pool.query` has one). */
  override query(...given: unknown[]): never {
    const query = super.query.bind(this) as (...given: unknown[]) => unknown;
    const callback = given.at(-1);
    if (typeof callback === 'function') {
      const settle = this.expectAnswer();
      return query(...given.slice(0, -1), (...answer: unknown[]) => {
        settle();
        callback(...answer);
      }) as never;
    }
    const answer = query(...given);
    if (answer instanceof Promise) {
      const settle = this.expectAnswer();
      answer.then(settle, settle);
    }
    return answer as never;
  }

  override end(...given: never[]): never {
    const timer = setTimeout(() => this.stream.destroy(), farewellMaxMs).unref();
    this.once('end', () => clearTimeout(timer));
    return super.end(...(given as unknown as [never])) as never;
  }

  /** Answers what is to be called when the answer has come. */
  private expectAnswer(): () => void {
    let isSettled = false;
    // A process that was stopped itself first reads what has come meanwhile, then judges.
    const timer = setTimeout(
      () => setImmediate(() => isSettled || this.break()),
      this.silenceMaxMs,
    );
    return () => {
      isSettled = true;
      clearTimeout(timer);
    };
  }

  /** Destroyed, not ended: a silent connection would not answer the farewell either. */
  private break(): void {
    const error = Object.assign(new Error('PostgreSQL stopped answering.'), { code: 'ETIMEDOUT' });
    this.stream.destroy(error);
  }

  private get stream(): Socket {
    return socketOf(this);
  }
}

/** Sends what `send` asks of a pipelining client by one write: each write is a call of the system. */
export function together<Sent>(client: ClientBase, send: () => Sent): Sent {
  const socket = socketOf(client);
  socket.cork();
  try {
    return send();
  } finally {
    socket.uncork();
  }
}

/** Ends a connection without a farewell, to which a connection that went silent gives no answer. */
export function breakConnection(client: ClientBase): void {
  socketOf(client).destroy();
}

/** The driver does not show its socket. */
function socketOf(client: ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
