import type { Right } from '../../access/rights';
import type { RequestContext } from '../../api/context';
import { JournalReader } from '../../api/journal-reader';
import type { MessageStream } from '../../api/stream';
import { watchedStream } from '../../api/watched-stream';
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
    const messageOf = (entry: JournalEntry) => (wants(entry) ? entry : null);
    return new JournalReader(account, { messageOf }, { from }).messages();
  });
}
