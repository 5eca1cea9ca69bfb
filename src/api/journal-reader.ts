import type { JournalEntry } from '../journal/journal-entry';
import type { GroupSeat, WaitingReader } from './waiting-reader';
import type { WatchedAccount } from './watched-stream';

/** How a stream turns entries of the journal into messages. */
export interface Reading<Message> {
  /** The message of an entry, the same object for every reader; null: the entry is not wanted. */
  messageOf(entry: JournalEntry): Message | null;
  /** A stream that is more than so many entries late leaves entries out; never, if left out. */
  readonly lagMax?: number;
  /** Of such a stream: the message that stands for those entries, and the number of its entry. Null: there is nothing newer. */
  present?(last: number): Promise<{ message: Message; sequence: number } | null>;
}

/** Where a stream begins. */
interface Start<Message> {
  /** The number of the entry that it begins after. */
  from: number;
  /** A message that comes before those of the entries. */
  first?: Message;
}

/**
 * One stream that reads the journal of its account to its end, then waits for new entries. While it
 * waits, a group of equal streams may answer it: then the group moves `last`. A stream of a group that
 * is behind sends one message for itself, and leaves the next ones to the group.
 */
export class JournalReader<Message> implements WaitingReader {
  /** The number of the last entry that is done with. */
  last: number;

  /** It is not kept while the stream waits. */
  private first: Message | null;

  constructor(
    private readonly account: WatchedAccount,
    private readonly reading: Reading<Message>,
    { from, first }: Start<Message>,
  ) {
    this.first = first ?? null;
    this.last = from;
    account.context.journalReader = this;
  }

  /** The messages of the entries after `from`, until the permission for them ends. */
  async *messages(): AsyncGenerator<Message, void> {
    const { account, reading } = this;
    const { tail } = account.watch;
    if (this.first) yield this.first;
    this.first = null;
    // Entries that were requested with a cursor are in the past: their reader counts as late only
    // after them.
    let isLive = false;
    // Until the end of a page that it has begun, it leaves no entry out.
    let pageEnd = this.last;
    while (!account.isClosed) {
      if (isLive && this.last >= pageEnd && tail.sequence - this.last > this.lagMax) {
        const present = await reading.present!(this.last);
        await account.requireRight();
        if (present) {
          this.last = present.sequence;
          yield present.message;
          continue;
        }
      }
      const page = tail.after(this.last);
      const entries = page instanceof Promise ? await page : page;
      if (this.last >= pageEnd) pageEnd = entries.at(-1)?.sequence ?? pageEnd;
      for (const entry of entries) {
        this.last = entry.sequence;
        const message = reading.messageOf(entry);
        if (message === null) continue;
        const asking = account.requireRight();
        if (asking) await asking;
        yield message;
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- The reader may have left meanwhile.
        if (account.isClosed) return;
        if (account.isInGroup && tail.sequence > this.last) {
          // Equal streams are behind, too: the group does once what each would do for itself.
          await account.waitInGroup();
          break;
        }
      }
      if (entries.length === 0) {
        isLive = true;
        await account.requireRight();
        await account.wait();
      }
    }
  }

  get watch() {
    return this.account.watch;
  }

  get lagMax(): number {
    return this.reading.lagMax ?? Infinity;
  }

  get isWaiting(): boolean {
    return this.account.isWaiting;
  }

  messageOf(entry: JournalEntry): unknown {
    return this.reading.messageOf(entry);
  }

  holdsRight(): boolean {
    return this.account.holdsRight();
  }

  knowRight(): void | Promise<void> {
    return this.account.knowRight();
  }

  wake(): void {
    this.account.wake();
  }

  enterGroup(seat: GroupSeat): void {
    this.account.enterGroup(seat);
  }

  leaveGroup(): void {
    this.account.leaveGroup();
  }
}
