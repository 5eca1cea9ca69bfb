import { Client } from 'pg';

/**
 * PostgreSQL ends by itself what takes longer than `connectionBounds` allow, and says so. Whoever has
 * heard nothing a second after that is at a connection that went silent without closing; TCP alone
 * would take a quarter of an hour to find out.
 */
const silenceMaxMs = 6_000;

/** A client that breaks its connection when a query on it is met with silence: ETIMEDOUT. */
export class BoundedClient extends Client {
  override query(...given: never[]): never {
    const answer: unknown = super.query(...(given as unknown as [never]));
    if (answer instanceof Promise) this.expectAnswer(answer);
    return answer as never;
  }

  private expectAnswer(answer: Promise<unknown>): void {
    let isSettled = false;
    // A process that was stopped itself first reads what has come meanwhile, then judges.
    const timer = setTimeout(() => setImmediate(() => isSettled || this.break()), silenceMaxMs);
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
    };
    answer.then(settle, settle);
  }

  /** Destroyed, not ended: a silent connection would not answer the farewell either. */
  private break(): void {
    const error = Object.assign(new Error('PostgreSQL has gone silent.'), { code: 'ETIMEDOUT' });
    const { stream } = (this as unknown as { connection: { stream: Destroyable } }).connection;
    stream.destroy(error);
  }
}

interface Destroyable {
  destroy(error: Error): void;
}
