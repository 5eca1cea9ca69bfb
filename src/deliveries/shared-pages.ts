import type { JournalEntry } from '../journal/journal-entry';

/** A part of an account's journal, with entries of all kinds. */
export interface JournalPage {
  /** The entries are those after this number … */
  after: number;
  /** … and through this one. */
  through: number;
  /** Where the journal ended when it was read. */
  end: number;
  entries: readonly JournalEntry[];
}

/** Accounts whose page is kept: more are rarely delivered to at the same time. */
const accountsMax = 64;

/**
 * The page of each account's journal that was read last. The endpoints of an account are at nearly the
 * same place, so one read serves all of them. A page stays true: the journal only grows.
 */
export class SharedPages {
  private readonly pages = new Map<string, JournalPage>();

  /** The page that has the entry after this number; null if it is not kept. */
  find(accountId: string, after: number): JournalPage | null {
    const page = this.pages.get(accountId);
    return page && page.after <= after && after < page.through ? page : null;
  }

  keep(accountId: string, page: JournalPage): void {
    // The newest is the last in the order of a map.
    this.pages.delete(accountId);
    this.pages.set(accountId, page);
    if (this.pages.size > accountsMax) this.pages.delete(this.pages.keys().next().value!);
  }
}
