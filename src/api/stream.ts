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

/** Receives the messages of a stream, then one of its two ends. */
export interface StreamReader<Message> {
  /** A promise lets the next message wait. */
  receive(message: Message): Promise<void> | void;
  ended(): void;
  /** The stream, or `receive`, has failed. */
  failed(error: unknown): void;
}

/**
 * The messages of one subscription. Unlike an async generator it can be closed while it waits: `close`
 * wakes the messages that wait, so that nothing of a reader that has gone remains in memory.
 */
export class MessageStream<Message> implements AsyncIterable<Message> {
  private readonly signal: StreamSignal = {
    wakeSignal: new WakeSignal(),
    closed: false,
    seat: null,
  };
  private opening: Promise<AsyncGenerator<Message, void>> | undefined;

  constructor(private readonly source: MessageSource<Message>) {}

  /**
   * Passes all messages to a reader, and reports their end to it. Never rejects, so that nothing has to
   * wait for it: most streams last for hours, and each function that waits for one keeps memory as long.
   */
  async readAll(reader: StreamReader<Message>): Promise<void> {
    try {
      const messages = this.signal.closed ? null : await this.open();
      while (messages) {
        const { done, value } = await messages.next();
        if (done) break;
        const received = reader.receive(value);
        if (received) await received;
      }
    } catch (error) {
      await this.close();
      return reader.failed(error);
    }
    this.release();
    reader.ended();
  }

  /** Never rejects: a reader receives the fault as a message, and a reader that has gone needs none. */
  async close(): Promise<void> {
    this.signal.closed = true;
    this.signal.wakeSignal.set();
    const messages = await this.opening?.catch(() => undefined);
    await messages?.return();
    this.release();
  }

  /** graphql-js recognises a stream by it, and does not call it. */
  [Symbol.asyncIterator](): never {
    throw new Error('A MessageStream is read by readAll.');
  }

  private open(): Promise<AsyncGenerator<Message, void>> {
    return (this.opening ??= this.source.open(this.signal));
  }

  private release(): void {
    this.signal.seat?.leave();
    this.signal.seat = null;
    this.source.release();
  }
}
