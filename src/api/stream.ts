/** Timers do not see clock jumps, so no wait is longer than this. */
const longestWaitMs = 30_000;

/** Rung when there may be something new; remembers one ring that nobody waited for. */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  /** Resolves at the next ring, or after `atMostMs`. A ring since the last wait resolves at once. */
  async wait(atMostMs: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const bound = Math.max(1, Math.min(atMostMs, longestWaitMs));
        const timer = setTimeout(resolve, bound);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = undefined;
    }
    this.rung = false;
  }
}

/** Told whether its reader has gone. */
export interface StreamSignal {
  readonly bell: Bell;
  closed: boolean;
}

/**
 * The messages of one subscription, as graphql-js wants them. Unlike a bare async generator it can be
 * closed while it waits: `return()` rings the bell that `run` waits at, so that nothing of a reader
 * who has gone stays behind.
 */
export class MessageStream<Message> implements AsyncGenerator<Message, void> {
  private readonly signal: StreamSignal = { bell: new Bell(), closed: false };
  private readonly messages: AsyncGenerator<Message, void>;

  constructor(run: (signal: StreamSignal) => AsyncGenerator<Message, void>) {
    this.messages = run(this.signal);
  }

  next(): Promise<IteratorResult<Message, void>> {
    return this.messages.next();
  }

  return(): Promise<IteratorResult<Message, void>> {
    this.close();
    return this.messages.return();
  }

  throw(error: unknown): Promise<IteratorResult<Message, void>> {
    this.close();
    return this.messages.throw(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.return().then(() => {});
  }

  private close(): void {
    this.signal.closed = true;
    this.signal.bell.ring();
  }
}
