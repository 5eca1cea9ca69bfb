import type { DataSource } from 'typeorm';
import { readEntriesAfter, type JournalEntry } from './journal-entry';

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
  private reading: Promise<void> | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly accountId: string,
    private readonly onEntries: (entries: readonly JournalEntry[]) => void,
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
    this.advanceTo(this.wanted);
  }

  /** Somebody says that the journal has reached this number; Infinity: read on in any case. */
  advanceTo(sequence: number): void {
    this.wanted = Math.max(this.wanted, sequence);
    if (this.last < 0 || this.wanted <= this.last) return;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
  }

  /** Entries after a number, in order, at most a page; empty where there are none yet. */
  async after(sequence: number): Promise<readonly JournalEntry[]> {
    if (sequence >= this.last) return [];
    const first = this.recent[0]?.sequence ?? Infinity;
    if (sequence + 1 >= first) {
      const from = sequence + 1 - first;
      return this.recent.slice(from, from + pageSize);
    }
    return readEntriesAfter(this.source, this.accountId, sequence, pageSize);
  }

  private async read(): Promise<void> {
    // Bounded by the journal: each turn reads a page or is the last.
    while (this.wanted > this.last) {
      const asked = this.wanted;
      const entries = await readEntriesAfter(this.source, this.accountId, this.last, pageSize);
      const newest = entries.at(-1);
      if (!newest) {
        // A hint may run ahead of what this connection sees; the next hint or poll asks again.
        if (this.wanted === asked) this.wanted = this.last;
        continue;
      }
      this.last = newest.sequence;
      this.recent = [...this.recent, ...entries].slice(-recentMax);
      if (this.wanted === Infinity && entries.length < pageSize) this.wanted = this.last;
      this.onEntries(entries);
    }
  }
}
