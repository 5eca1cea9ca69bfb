import type { FormattedExecutionResult } from 'graphql';
import { PassThrough } from 'node:stream';
import type { Limits } from '../../core/limits';

/**
 * The body of one answer of the SSE door, by the protocol of graphql-sse: `next` for each result,
 * with the reader's place as its `id`, then `complete`. An end without `complete` means: reconnect.
 */
export class EventStream {
  readonly body = new PassThrough();
  /** Resolves when no more events are sent, for any reason: the reader may have gone. */
  readonly ended: Promise<void>;
  private isEnded = false;
  private hasEnded = () => {};
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly limits: Pick<Limits, 'heartbeatMs' | 'stalledMs'>) {
    this.ended = new Promise((resolve) => (this.hasEnded = resolve));
    this.body.once('close', () => this.end());
    // A reader that has gone is not a fault, whatever error the response reports.
    this.body.on('error', () => {});
    this.heartbeat = setInterval(() => this.beat(), limits.heartbeatMs);
    // Some browsers do not treat headers without a body as an answer.
    this.beat();
  }

  /** Sends the reader's place without a message: a browser reconnects with it. */
  place(cursor: string): Promise<void> | void {
    return this.write(`id: ${cursor}\n\n`);
  }

  /**
   * A promise if the reader is slow: it resolves when the reader has received the data, or has
   * gone.
   */
  next(result: FormattedExecutionResult, cursor: string | null): Promise<void> | void {
    const id = cursor === null ? '' : `id: ${cursor}\n`;
    return this.write(`${id}event: next\ndata: ${JSON.stringify(result)}\n\n`);
  }

  /** The operation is over. Browsers ignore an event without a line of data, so it has one. */
  complete(): void {
    void this.write('event: complete\ndata:\n\n');
    this.end();
  }

  /** Sends the reader away, to come back; `reason` is for people who look at the bytes. */
  sendAway(reason: string): void {
    void this.write(`: ${reason}\n\n`);
    this.end();
  }

  private beat(): void {
    // A reader that has not accepted earlier data gets no more data.
    if (!this.body.writableNeedDrain) void this.write(':\n\n');
  }

  private write(text: string): Promise<void> | void {
    if (this.isEnded || this.body.write(text)) return;
    return this.taken('drain');
  }

  private end(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    clearInterval(this.heartbeat);
    this.hasEnded();
    if (this.body.destroyed) return;
    this.body.end();
    void this.taken('end');
  }

  /** Waits until the reader has received the written data, and cuts off a reader that does not. */
  private taken(event: 'drain' | 'end'): Promise<void> {
    return new Promise((resolve) => {
      const stalled = setTimeout(() => this.body.destroy(), this.limits.stalledMs);
      const settle = () => {
        clearTimeout(stalled);
        this.body.off(event, settle).off('close', settle);
        resolve();
      };
      this.body.once(event, settle).once('close', settle);
    });
  }
}
