import type { AccountWatch } from '../access/account-watch';
import type { JournalEntry } from '../journal/journal-entry';

/** The place of a stream in the group that answers it while it waits. */
export interface GroupSeat {
  /** The stream is over. */
  leave(): void;
  /** The stream waits, although entries follow its last: the group sends them, then wakes it. */
  catchUp(): void;
}

/** A stream that waits at the end of the journal, as the group that answers it sees it. */
export interface WaitingReader {
  readonly watch: AccountWatch;
  /** The number of the last entry that is done with; a group that answers the reader moves it. */
  last: number;
  /** A reader that is later than this leaves entries out: its own stream reads on. */
  readonly lagMax: number;
  /** Whether it waits for new entries. If not, its own stream is about to read them. */
  readonly isWaiting: boolean;
  /** The message of an entry; null: the entry is not wanted. */
  messageOf(entry: JournalEntry): unknown;
  /** Whether the permission for the stream is known, without a read, to hold now. */
  holdsRight(): boolean;
  /** Reads what `holdsRight` has to know, if it is not known; a read that fails leaves it unknown. */
  knowRight(): void | Promise<void>;
  /** Its own stream reads what is new. */
  wake(): void;
  /** While it waits, new entries are left to the group. */
  enterGroup(seat: GroupSeat): void;
  /** From now on it wakes for new entries. */
  leaveGroup(): void;
}

/** The text of a result, ready to be sent to many readers. */
export class ReadyResult {
  private framedFor: string | undefined;
  private frame: Buffer | undefined;

  constructor(readonly text: string) {}

  /** The text in the frame of a door, made once for equal keys that follow each other. */
  framed(key: string, make: (text: string) => Buffer): Buffer {
    if (this.frame === undefined || this.framedFor !== key) {
      this.frame = make(this.text);
      this.framedFor = key;
    }
    return this.frame;
  }
}

/** The way of one reader's door for results that are ready. */
export interface ReadyReceiver {
  /** False if the reader is slow or has gone. */
  readonly isReady: boolean;
  send(ready: ReadyResult, message: unknown): void;
}
