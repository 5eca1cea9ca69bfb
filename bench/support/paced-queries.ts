import { HttpConnection } from './http-connection';

/** As many as come in 20 s: a stall is measured, not refused. */
const connectionsMax = 1_000;

/**
 * Queries at a steady pace, whether or not earlier ones have been answered, so that a server that
 * stalls still gets all queries. Times count from when each was due.
 */
export class PacedQueries {
  static readonly perSecond = 50;
  private readonly idle: HttpConnection[] = [];
  private readonly opened = new Set<HttpConnection>();
  private next = 0;

  constructor(
    private readonly url: string,
    private readonly what: { query: string; bearers: readonly string[] },
  ) {}

  /** Sends queries until `end` settles; returns how long each took, in milliseconds. */
  async until(end: Promise<unknown>): Promise<number[]> {
    const times: number[] = [];
    const asked: Promise<void>[] = [];
    let ended = false;
    let failure: Error | undefined;
    const fail = (error: unknown) => {
      failure ??= error instanceof Error ? error : new Error(String(error));
      ended = true;
    };
    const done = end.then(() => (ended = true), fail);
    const startedAt = performance.now();
    const everyMs = 1_000 / PacedQueries.perSecond;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (ended) {
          clearInterval(timer);
          return resolve();
        }
        while (startedAt + asked.length * everyMs <= performance.now()) {
          asked.push(this.ask(startedAt + asked.length * everyMs, times).catch(fail));
        }
      }, 5);
    });
    await Promise.all([done, ...asked]);
    if (failure) throw failure;
    return times;
  }

  close(): void {
    for (const connection of this.opened) connection.close();
  }

  private async ask(dueAt: number, times: number[]): Promise<void> {
    const connection = this.idle.pop() ?? (await this.open());
    const { query, bearers } = this.what;
    const bearer = bearers[this.next++ % bearers.length]!;
    const answer = await connection.post(JSON.stringify({ query }), bearer);
    if (answer.includes('"errors"')) throw new Error(answer);
    times.push(performance.now() - dueAt);
    this.idle.push(connection);
  }

  private async open(): Promise<HttpConnection> {
    if (this.opened.size >= connectionsMax) throw new Error('The queries are not answered.');
    const connection = await HttpConnection.open(this.url);
    this.opened.add(connection);
    return connection;
  }
}
