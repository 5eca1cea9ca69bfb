import type { GroupSeat } from './waiting-reader';

/** Wakes a reader if there may be something new. Remembers one signal if nobody waits. */
export class WakeSignal {
  private isSet = false;
  private wake: (() => void) | undefined;

  /** Whether a reader waits and nothing has woken it. */
  get isWaitedFor(): boolean {
    return this.wake !== undefined;
  }

  set(): void {
    const { wake } = this;
    this.wake = undefined;
    if (wake) wake();
    else this.isSet = true;
  }

  /** Resolves at the next signal, or at once if there was one since the last wait. */
  wait(): Promise<void> {
    if (!this.isSet) return new Promise((resolve) => (this.wake = resolve));
    this.isSet = false;
    return Promise.resolve();
  }
}

/** What wakes the messages of a stream, and whether its reader has gone. */
export interface StreamSignal {
  readonly wakeSignal: WakeSignal;
  closed: boolean;
  /** Its place in the group that sends new entries to the stream while it waits; null: it is in none. */
  seat: GroupSeat | null;
}

/** How the messages of a stream begin, and what is released at their end, in every case. */
export interface MessageSource<Message> {
  open(signal: StreamSignal): Promise<AsyncGenerator<Message, void>>;
  release(): void;
}

/**
 * The messages of one subscription, in the form that graphql-js needs. Unlike a bare async
 * generator it can be closed while it waits: `return()` wakes the messages that wait, so that nothing
 * of a reader that has gone remains in memory.
 */
export class MessageStream<Message> implements AsyncGenerator<Message, void> {
  private readonly signal: StreamSignal = {
    wakeSignal: new WakeSignal(),
    closed: false,
    seat: null,
  };
  private opening: Promise<AsyncGenerator<Message, void>> | undefined;
  private messages: AsyncGenerator<Message, void> | undefined;

  constructor(private readonly source: MessageSource<Message>) {}

  async next(): Promise<IteratorResult<Message, void>> {
    if (this.signal.closed) return { done: true, value: undefined };
    try {
      this.messages ??= await (this.opening ??= this.source.open(this.signal));
      const result = await this.messages.next();
      if (result.done) this.release();
      return result;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /**
   * Never throws: a reader receives the fault as a message, and a reader that has gone needs none.
   */
  async return(): Promise<IteratorResult<Message, void>> {
    this.signal.closed = true;
    this.signal.wakeSignal.set();
    const messages = await this.opening?.catch(() => undefined);
    await messages?.return();
    this.release();
    return { done: true, value: undefined };
  }

  private release(): void {
    this.signal.seat?.leave();
    this.signal.seat = null;
    this.source.release();
  }

  async throw(error: unknown): Promise<IteratorResult<Message, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.return().then(() => {});
  }
}

/**
 * The results of `map` for each message of a stream. It ends and is closed with the stream that it
 * reads.
 */
export class MappedStream<From, To> implements AsyncGenerator<To, void> {
  private isClosed = false;

  constructor(
    private readonly stream: AsyncGenerator<From, void>,
    private readonly map: (message: From) => Promise<To>,
    /** Ends a `map` that waits. */
    private readonly onClose: () => void = () => {},
  ) {}

  async next(): Promise<IteratorResult<To, void>> {
    const { done, value } = await this.stream.next();
    if (done) return { done, value: undefined };
    try {
      const mapped = await this.map(value);
      return this.isClosed ? { done: true, value: undefined } : { done: false, value: mapped };
    } catch (error) {
      await this.stream.return();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<To, void>> {
    this.isClosed = true;
    this.onClose();
    await this.stream.return();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<To, void>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
