import type { AccountManager } from '../db/account-manager';
import type { StateRef } from '../db/hints';
import type { EntryKind } from '../ledger/model/ledger';
import type { JournalEntry } from '../journal/journal-entry';

/**
 * Work that is done for entries of the journals after their commit, such as a mail about a purchase.
 * Every entry is handled at least once, and the entries of one account in their order.
 */
export interface Follower {
  /** The name of its places in the database. It never changes; at most 50 characters. */
  name: string;
  /** The kinds of entries that it handles; all kinds if left out. */
  entryKinds?: readonly EntryKind[];
  /** Kinds that it also handles if the entry leaves its wallet below zero. */
  entryKindsBelowZero?: readonly EntryKind[];
  /**
   * For how long hints of one account are joined. What people read can wait longer, and then costs a
   * busy account fewer looks. Default: 100 ms, ten looks per second.
   */
  joinMs?: number;
  /**
   * Where it begins in the journals that exist when a release brings it. It reads the journals of
   * later accounts from their first entry.
   */
  beginsAt: 'FIRST_ENTRY' | 'PRESENT_END';
  /**
   * Handles a page of entries of one account. What it writes by the transaction is committed together
   * with its new place, so a crash repeats both or neither. It calls nobody outside: a mail or a
   * webhook is a job that is added in the transaction (`enqueueJobs`). If it rejects, nothing is
   * written, and the same entries come again after a pause. For each state that it reports as
   * `changed` a hint is sent after the commit.
   */
  handle(
    entries: readonly JournalEntry[],
    transaction: AccountManager,
    changed: (state: StateRef) => void,
  ): Promise<void>;
}
