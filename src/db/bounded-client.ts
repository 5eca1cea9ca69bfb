import type { Socket } from 'node:net';
import { Client, type ClientBase, type ClientConfig, type QueryResult } from 'pg';
import { knowsAll, StatementGroup, type NamedStatement } from './statement-group';

/**
 * PostgreSQL ends what takes longer than `statement_timeout`, and reports it. If a client has
 * received nothing a second after that, its connection went silent without closing. TCP alone would
 * notice that only after a quarter of an hour.
 */
const afterStatementMs = 1_000;
/** Of a connection that has no bound of its own. */
const defaultStatementMs = 5_000;
/** The longest wait for the other side's goodbye: a process that drains has 15 s in total. */
const farewellMaxMs = 2_000;

/** A client that closes its connection if the server stays silent: a query then has ETIMEDOUT. */
export class BoundedClient extends Client {
  private readonly silenceMaxMs: number;

  constructor(config?: string | ClientConfig) {
    super(config);
    const given = typeof config === 'object' ? config.statement_timeout : undefined;
    this.silenceMaxMs = (given || defaultStatementMs) + afterStatementMs;
    // The query that uses a connection reports its error. An error between two queries, or the
    // second of one failure, has no listener and would end the process.
    this.on('error', () => {});
  }

  /** Both forms of the driver: a promise, or a callback as the last argument (`pool.query` has one). */
  override query(...given: unknown[]): never {
    const query = super.query.bind(this) as (...given: unknown[]) => unknown;
    const callback = given.at(-1);
    if (typeof callback === 'function') {
      const settle = this.expectAnswer();
      return query(...given.slice(0, -1), (...answer: unknown[]) => {
        settle();
        (callback as (...answer: unknown[]) => void)(...answer);
      }) as never;
    }
    const answer = query(...given);
    if (answer instanceof Promise) {
      const settle = this.expectAnswer();
      answer.then(settle, settle);
    }
    return answer as never;
  }

  /** Runs statements that this connection has prepared, as one message. */
  queryGroup(statements: readonly NamedStatement[]): Promise<readonly QueryResult[]> {
    const settle = this.expectAnswer();
    return new Promise((resolve, reject) => {
      const group = new StatementGroup(statements, (error, results) => {
        settle();
        if (error) reject(error);
        else resolve(results);
      });
      super.query(group);
    });
  }

  override end(...given: never[]): never {
    const timer = setTimeout(() => this.stream.destroy(), farewellMaxMs).unref();
    this.once('end', () => clearTimeout(timer));
    return super.end(...(given as unknown as [never])) as never;
  }

  /** Returns the function to call when the answer has arrived. */
  private expectAnswer(): () => void {
    let isSettled = false;
    // A process that was paused first reads what has arrived in the meantime, then decides.
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

/**
 * Prepares nothing: for a pooler in transaction mode, where each transaction may have another connection
 * of PostgreSQL, which does not know what was prepared on the last one.
 */
export class UnpreparedClient extends BoundedClient {
  override query(...given: unknown[]): never {
    const [statement, ...more] = given;
    const isNamed = typeof statement === 'object' && statement !== null && 'name' in statement;
    return super.query(isNamed ? { ...statement, name: undefined } : statement, ...more);
  }
}

/**
 * Runs statements on a pipelining connection, with one write: each write is a system call. Returns
 * their results in their order. A connection prepares a statement when it runs it for the first time.
 */
export function queryTogether(
  client: ClientBase,
  statements: readonly NamedStatement[],
): Promise<readonly QueryResult[]> {
  if (client instanceof BoundedClient && knowsAll(client, statements)) {
    return client.queryGroup(statements);
  }
  const socket = socketOf(client);
  socket.cork();
  try {
    return Promise.all(statements.map((statement) => client.query(statement)));
  } finally {
    socket.uncork();
  }
}

/** Ends a connection without a goodbye, which a silent connection would not answer. */
export function breakConnection(client: ClientBase): void {
  socketOf(client).destroy();
}

/** The driver does not show its socket. */
function socketOf(client: ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
