import type { AccountScope } from '../db/account-scope';
import { PastPages } from './past-pages';
import {
  readEntriesAfter,
  readEntriesAndState,
  readStateRevision,
  type JournalEntry,
} from './journal-entry';

/** One read of the journal; a burst needs several. */
const pageSize = 500;
/** Entries that are kept for streams that are a little behind. */
const recentMax = 4_096;

/**
 * The end of one account's journal, read once for all its subscribers in this process. A stream
 * keeps only its own last number and reads the entries after it, so a slow stream delays nobody and
 * keeps nothing in memory.
 */
export class JournalTail {
  /** The last number that was read; -1 before the first. */
  private last = -1;
  private recent: JournalEntry[] = [];
  /** Entries that this process has committed and that are not part of the tail yet, without gaps. */
  private offered: readonly JournalEntry[] = [];
  private wanted = 0;
  /** Whether to read on in any case, because the end of the journal is not known. */
  private isUnsure = false;
  private reading: Promise<void> | undefined;
  /** For streams that are further behind. */
  private readonly past: PastPages;

  constructor(
    private readonly scope: AccountScope,
    private readonly listener: {
      /** `stateRevision`: the account's state as it was when the entries were read, or newer. */
      onEntries(entries: readonly JournalEntry[], stateRevision: number | null): void;
      /** The database did not answer; the slow poll asks again. */
      onFailure(error: unknown): void;
    },
  ) {
    this.past = new PastPages((after) => readEntriesAfter(scope, after, pageSize));
  }

  /** The number of the newest entry that this process has read. */
  get sequence(): number {
    return this.last;
  }

  /** Begins at the present end of the journal. */
  async start(): Promise<void> {
    const [row] = await this.scope.query<{ sequence: number }>(
      'select sequence from journals where account_id = $1',
    );
    this.last = row?.sequence ?? 0;
    // A hint that arrived during this read may be newer than its result.
    this.readOn();
  }

  /** The journal has reached this number. */
  advanceTo(sequence: number): void {
    this.wanted = Math.max(this.wanted, sequence);
    this.readOn();
  }

  /** Entries that this process has committed, before the hint of them: they are not read back. */
  offer(entries: readonly JournalEntry[]): void {
    const isNext = this.offered.at(-1)?.sequence === entries[0]!.sequence - 1;
    const offered = isNext ? [...this.offered, ...entries] : entries;
    this.offered = offered.length > recentMax ? [] : offered;
  }

  /** A hint may have been lost: there may be new entries. */
  invalidateAll(): void {
    this.isUnsure = true;
    this.readOn();
  }

  /**
   * The entries after a number, in order, at most a page; empty if nothing follows yet. A promise
   * only for a stream that is so far behind that they must be read from the database.
   */
  after(sequence: number): readonly JournalEntry[] | Promise<readonly JournalEntry[]> {
    if (sequence >= this.last) return [];
    const first = this.recent[0]?.sequence ?? Infinity;
    if (sequence + 1 >= first) {
      const from = sequence + 1 - first;
      return this.recent.slice(from, from + pageSize);
    }
    return this.past.after(sequence);
  }

  private readOn(): void {
    if (this.last < 0 || !this.isBehind()) return;
    // A failed read does not end the process; the next hint or poll starts another.
    this.reading ??= this.read()
      .catch((error: unknown) => this.listener.onFailure(error))
      .finally(() => (this.reading = undefined));
  }

  private isBehind(): boolean {
    return this.isUnsure || this.wanted > this.last;
  }

  private async read(): Promise<void> {
    // The journal limits the loop: each turn reads a full page or is the last.
    while (this.isBehind()) {
      const { wanted } = this;
      this.isUnsure = false;
      const { entries, stateRevision } = await this.readPage();
      const newest = entries.at(-1);
      if (!newest) {
        // A hint may be newer than what this connection sees; the next hint or poll reads again.
        if (this.wanted === wanted) this.wanted = this.last;
        continue;
      }
      if (entries.length === pageSize) this.isUnsure = true;
      this.last = newest.sequence;
      this.recent = [...this.recent, ...entries].slice(-recentMax);
      this.listener.onEntries(entries, stateRevision);
    }
  }

  private async readPage() {
    try {
      const entries = this.takeOffered();
      if (entries.length === 0) return await readEntriesAndState(this.scope, this.last, pageSize);
      // Read after the commit of the entries: it includes what was removed before them.
      return { entries, stateRevision: await readStateRevision(this.scope) };
    } catch (error) {
      this.isUnsure = true;
      throw error;
    }
  }

  /** Those that follow the last entry that was read, at most a page. */
  private takeOffered(): JournalEntry[] {
    const at = this.offered.findIndex(({ sequence }) => sequence === this.last + 1);
    const page = at < 0 ? [] : this.offered.slice(at, at + pageSize);
    this.offered = at < 0 ? [] : this.offered.slice(at + page.length);
    return page;
  }
}
