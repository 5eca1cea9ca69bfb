import type { DataSource } from 'typeorm';
import { readEntriesAfter, readEntriesAndState, type JournalEntry } from './journal-entry';

/** One read of the journal; a burst is read in as many as it takes. */
const pageSize = 500;
/** Entries that are kept for streams that are a little behind; who is further behind reads by itself. */
const recentMax = 4_096;

/**
 * The end of one account's journal, read once for all who watch it in this process. Streams keep
 * only their own last number and ask for what is after it, so a slow one holds nothing up and
 * nothing back.
 */
export class JournalTail {
  /** The last number that was read; -1 before the first. */
  private last = -1;
  private recent: JournalEntry[] = [];
  private wanted = 0;
  /** Whether to read on in any case, as nobody knows how far the journal has come. */
  private isUnsure = false;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly accountId: string,
    private readonly heard: {
      /** `stateRevision`: the account's state as it was when the entries were read, or newer. */
      onEntries(entries: readonly JournalEntry[], stateRevision: number | null): void;
      /** The database did not answer; the slow poll asks again. */
      onFailure(error: unknown): void;
    },
  ) {}

  /** The number of the newest entry that this process has read. */
  get sequence(): number {
    return this.last;
  }

  /** Begins at the journal's present end. */
  async start(): Promise<void> {
    const [row]: { sequence: number }[] = await this.source.query(
      'select sequence from journals where account_id = $1',
      [this.accountId],
    );
    this.last = row?.sequence ?? 0;
    // A hint that came while this was read may be newer than what was read.
    this.readOn();
  }

  /** Somebody says that the journal has reached this number. */
  advanceTo(sequence: number): void {
    this.wanted = Math.max(this.wanted, sequence);
    this.readOn();
  }

  /** Something may have been missed: there may be entries that nobody spoke of. */
  invalidateAll(): void {
    this.isUnsure = true;
    this.readOn();
  }

  /**
   * Entries after a number, in order, at most a page; empty where there are none yet. A promise only
   * for a stream that is so far behind that they are read for it.
   */
  after(sequence: number): readonly JournalEntry[] | Promise<readonly JournalEntry[]> {
    if (sequence >= this.last) return [];
    const first = this.recent[0]?.sequence ?? Infinity;
    if (sequence + 1 >= first) {
      const from = sequence + 1 - first;
      return this.recent.slice(from, from + pageSize);
    }
    return readEntriesAfter(this.source, this.accountId, sequence, pageSize);
  }

  private readOn(): void {
    if (this.last < 0 || !this.isBehind()) return;
    // A read that fails ends no process; who is told of it or polls next begins it again.
    this.reading ??= this.read()
      .catch((error: unknown) => this.heard.onFailure(error))
      .finally(() => (this.reading = undefined));
  }

  private isBehind(): boolean {
    return this.isUnsure || this.wanted > this.last;
  }

  private async read(): Promise<void> {
    // Bounded by the journal: each turn reads a page or is the last.
    while (this.isBehind()) {
      const { wanted } = this;
      this.isUnsure = false;
      const { entries, stateRevision } = await this.readPage();
      const newest = entries.at(-1);
      if (!newest) {
        // A hint may run ahead of what this connection sees; the next hint or poll asks again.
        if (this.wanted === wanted) this.wanted = this.last;
        continue;
      }
      if (entries.length === pageSize) this.isUnsure = true;
      this.last = newest.sequence;
      this.recent = [...this.recent, ...entries].slice(-recentMax);
      this.heard.onEntries(entries, stateRevision);
    }
  }

  private async readPage() {
    try {
      return await readEntriesAndState(this.source, this.accountId, this.last, pageSize);
    } catch (error) {
      this.isUnsure = true;
      throw error;
    }
  }
}
