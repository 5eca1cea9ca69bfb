import type { OverviewEntryFragment } from '../../generated/app';
import { words } from '../../words';
import { wordsFor } from '../entries/entry-words';

/** The feed's length; the ledger has all entries. */
export const entriesMax = 20;

/** Each entry once, the newest first, up to the feed's length. */
export function newestFirst(entries: readonly OverviewEntryFragment[]): OverviewEntryFragment[] {
  const once = new Map(entries.map((entry) => [entry.sequence, entry]));
  return [...once.values()]
    .sort((one, other) => other.sequence - one.sequence)
    .slice(0, entriesMax);
}

/** An entry of the journal as a sentence. */
export function writeEntry(entry: OverviewEntryFragment): string {
  return wordsFor(entry)?.sentence(entry as never) ?? words.overview.feed.other;
}
