import type { JournalEntry } from './journal-entry';

/** Together as many entries as the tail keeps; the least recently read page is dropped first. */
const pagesMax = 8;
/** A page that nobody reads for so long is dropped. */
const keptMs = 1_000;

interface Page {
  after: number;
  read: Promise<readonly JournalEntry[]>;
  /** Empty until it has been read. */
  entries: readonly JournalEntry[];
  usedAtMs: number;
}

/**
 * Pages of the journal that are older than what the tail keeps, shared by all streams that are behind.
 * In a burst, streams fall behind together, and each would read a page for its next entry alone.
 */
export class PastPages {
  private pages: Page[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly read: (after: number) => Promise<readonly JournalEntry[]>) {}

  /** The entries after a number, at most a page. A promise only if they have to be read. */
  after(sequence: number): readonly JournalEntry[] | Promise<readonly JournalEntry[]> {
    const page = this.pages.find((known) => hasNext(known, sequence)) ?? this.begin(sequence);
    page.usedAtMs = performance.now();
    const [first] = page.entries;
    return first ? page.entries.slice(sequence + 1 - first.sequence) : page.read;
  }

  private begin(after: number): Page {
    const page: Page = { after, read: this.read(after), entries: [], usedAtMs: 0 };
    const forget = () => (this.pages = this.pages.filter((one) => one !== page));
    page.read.then((entries) => {
      page.entries = entries;
      // It may have more a moment later.
      if (entries.length === 0) forget();
    }, forget);
    if (this.pages.length >= pagesMax) {
      const stalest = this.pages.reduce((a, b) => (a.usedAtMs <= b.usedAtMs ? a : b));
      this.pages = this.pages.filter((one) => one !== stalest);
    }
    this.pages.push(page);
    this.timer ??= setInterval(() => this.drop(), keptMs).unref();
    return page;
  }

  private drop(): void {
    const sinceMs = performance.now() - keptMs;
    this.pages = this.pages.filter(({ usedAtMs }) => usedAtMs > sinceMs);
    if (this.pages.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

function hasNext({ after, entries }: Page, sequence: number): boolean {
  const last = entries.at(-1);
  // What is still being read is for those at the same number.
  if (!last) return after === sequence;
  return after <= sequence && sequence < last.sequence;
}
