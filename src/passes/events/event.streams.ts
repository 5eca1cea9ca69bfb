import type { Right } from '../../access/rights';
import type { RequestContext } from '../../api/context';
import type { MessageStream } from '../../api/stream';
import { watchedStream, type WatchedAccount } from '../../api/watched-stream';
import type { JournalEntry } from '../../journal/journal-entry';
import { sequenceOfCursor } from '../../journal/journal-place';

/**
 * Entries of the journal as they are written, in order, without gaps: for a slow reader they are
 * read again from the journal when it catches up. With `after`, from the entry after it; without,
 * from the next new entry.
 */
export function entryStream(
  context: RequestContext,
  options: {
    right: Right;
    after: string | null;
    wants: (entry: JournalEntry) => boolean;
  },
): MessageStream<JournalEntry> {
  const { right, after, wants } = options;
  return watchedStream(context, { right, wakesOnEntry: wants }, async (account) => {
    const { tail } = account.watch;
    const from =
      after === null ? tail.sequence : await sequenceOfCursor(context.account.scope, after);
    return entriesFrom(account, from, wants);
  });
}

/** The wanted entries after a number, until the permission for them ends. */
async function* entriesFrom(
  account: WatchedAccount,
  from: number,
  wants: (entry: JournalEntry) => boolean,
): AsyncGenerator<JournalEntry, void> {
  let last = from;
  while (!account.isClosed) {
    const page = account.watch.tail.after(last);
    const entries = page instanceof Promise ? await page : page;
    for (const entry of entries) {
      last = entry.sequence;
      if (!wants(entry)) continue;
      const asking = account.requireRight();
      if (asking) await asking;
      yield entry;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- The reader may have left meanwhile.
      if (account.isClosed) return;
    }
    if (entries.length === 0) {
      await account.requireRight();
      await account.wait();
    }
  }
}
