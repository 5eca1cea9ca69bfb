import { totalCountMax, type Connection } from '../../api/connection';
import type { RequestContext } from '../../api/context';
import { readPageSize, type PageRequest } from '../../api/page.rules';
import { connectionOf } from '../../api/read-page';
import { encodeCursor } from '../../journal/cursor';
import {
  countEntries,
  firstSequenceAt,
  readEntriesBetween,
  type EntryFilter,
  type JournalEntry,
} from '../../journal/journal-entry';
import { sequenceOfCursor } from '../../journal/journal-place';
import { toEvent, type DayPassEvent } from './event.type';

/** After every entry that the schema's Int can number. */
const behindAll = 2 ** 31 - 1;

/** Entries of a wallet, of some kinds, of a time. */
export interface EventFilter extends EntryFilter {
  /** From this instant on. */
  from?: number | null;
  /** Before this instant. */
  to?: number | null;
}

/**
 * A page of the journal, or of a part of it, oldest first. The streams accept its
 * cursors. Throws BAD_USER_INPUT for a cursor that is not of this journal, CURSOR_UNKNOWN for a
 * cursor of a history that a restore from a backup removed.
 */
export async function readEventPage(
  context: RequestContext,
  { walletId, kinds = null, from = null, to = null }: EventFilter,
  request: PageRequest,
): Promise<Connection<DayPassEvent>> {
  const { scope } = context.account;
  const { accountId } = scope;
  const { size, backwards } = readPageSize(request);
  const placeOf = (cursor: string) => sequenceOfCursor(scope, cursor);
  const after = request.after == null ? null : await placeOf(request.after);
  const before = request.before == null ? null : await placeOf(request.before);
  const [least, most] = await Promise.all([
    from === null ? 0 : firstSequenceAt(scope, from).then((first) => first - 1),
    to === null ? behindAll : firstSequenceAt(scope, to),
  ]);
  const listed = { walletId, kinds, after: least, before: most };
  const range = {
    ...listed,
    after: Math.max(after ?? 0, least),
    before: Math.min(before ?? behindAll, most),
  };

  const entries = await readEntriesBetween(scope, { ...range, backwards, limit: size + 1 });
  const page = {
    size,
    backwards,
    after: after === null ? null : [after],
    before: before === null ? null : [before],
  };
  return connectionOf(page, entries.map(keyed), {
    cursorOf: ([sequence, hash]) =>
      encodeCursor({ accountId, sequence: Number(sequence), hash: String(hash) }),
    toNode: toEvent,
    hasRows: async (side, [sequence]) => {
      const place = Number(sequence);
      const beyond =
        side === 'upTo'
          ? { after: least, before: Math.min(place + 1, most) }
          : { after: Math.max(place - 1, least), before: most };
      const found = await readEntriesBetween(scope, {
        ...listed,
        ...beyond,
        backwards: false,
        limit: 1,
      });
      return found.length > 0;
    },
    total: async () => {
      const total = await countEntries(scope, listed, totalCountMax + 1);
      return total > totalCountMax ? null : total;
    },
  });
}

function keyed(entry: JournalEntry) {
  return { row: entry, key: [entry.sequence, entry.hash] };
}
