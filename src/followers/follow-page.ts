import type { DataSource } from 'typeorm';
import type { AccountManager } from '../db/account-manager';
import type { StateRef } from '../db/hints';
import { readEntriesOfKinds, type JournalEntry } from '../journal/journal-entry';
import type { Follower } from './follower';
import { inPageTransaction } from './page-transaction';
import { createPlace, lockPlace, movePlace, noteFailure } from './place.queries';

/** The most entries of a page. */
export const pageMax = 500;
/** The most entries that a page looks at, if the follower handles few kinds of them. */
const windowMax = 5_000;

/** A turn of a follower at one account: one page at a time. */
export interface Turn {
  follower: Follower;
  accountId: string;
  /** How many entries the next page may have. */
  pageSize: number;
}

/**
 * How a page ended:
 * - `MORE`: it was handled, and there are entries after it; `limit` is how many it might have had;
 * - `DONE`: the follower is at the end of the journal;
 * - `ELSEWHERE`: another process is at work on it;
 * - `PAUSED`: it failed a moment ago, and is not tried again for `pausedMs`;
 * - `FAILED`: nothing of the page was written.
 */
export type PageEnd =
  | { is: 'MORE' | 'DONE'; handled: number; limit: number; changed: StateRef[] }
  | { is: 'ELSEWHERE' }
  | { is: 'PAUSED'; pausedMs: number }
  | { is: 'FAILED'; error: unknown; size: number };

/** Handles one page: locks the place, reads, runs the follower, and moves the place. */
export async function followPage(source: DataSource, turn: Turn, maxMs: number): Promise<PageEnd> {
  const { follower, accountId } = turn;
  let size = 0;
  const changed: StateRef[] = [];
  try {
    const end = await inPageTransaction({ source, accountId, maxMs }, async (transaction) => {
      const place = await lockPlace(transaction, follower.name);
      if (!place) return null;
      if (place.pausedMs > 0) return { is: 'PAUSED', pausedMs: place.pausedMs } as const;
      // After a failure the first entry comes alone: as a rule it is the one that failed.
      const limit = place.failures > 0 ? 1 : turn.pageSize;
      const page = await readPage(transaction, follower, { after: place.sequence, limit });
      size = page.entries.length;
      if (size > 0)
        await follower.handle(page.entries, transaction, (state) => changed.push(state));
      const { name } = follower;
      const { through, isLast } = page;
      if (through > place.sequence)
        await movePlace(transaction, { follower: name, sequence: through });
      return { is: isLast ? 'DONE' : 'MORE', handled: size, limit, changed } as const;
    });
    if (end) return end;
    const isNew = await createPlace(source, { accountId, follower: follower.name });
    return isNew ? { is: 'MORE', handled: 0, limit: turn.pageSize, changed } : { is: 'ELSEWHERE' };
  } catch (error) {
    return { is: 'FAILED', error, size };
  }
}

/** Begins the pause after a page that failed. */
export async function pauseAfterFailure(source: DataSource, turn: Turn): Promise<void> {
  const { accountId, follower } = turn;
  await noteFailure(source, { accountId, follower: follower.name });
}

interface Page {
  entries: JournalEntry[];
  /** The number of the last entry that the page covers, whether the follower handles it or not. */
  through: number;
  /** Whether the journal ended there when the page was read. */
  isLast: boolean;
}

async function readPage(
  transaction: AccountManager,
  { entryKinds, entryKindsBelowZero }: Follower,
  { after, limit }: { after: number; limit: number },
): Promise<Page> {
  // Nothing is done for an account while its past is being written.
  const [journal] = await transaction.query<{ sequence: number }>(
    `select sequence from journals where account_id = $1
       and not (select seeding from accounts where id = $1)`,
  );
  const end = journal?.sequence ?? after;
  if (end <= after) return { entries: [], through: after, isLast: true };
  const window = Math.min(end, after + windowMax);
  const range = {
    ...{ after, through: window, limit },
    kinds: entryKinds ?? null,
    kindsBelowZero: entryKindsBelowZero ?? [],
  };
  const entries = await readEntriesOfKinds(transaction, range);
  const through = entries.length === limit ? entries.at(-1)!.sequence : window;
  return { entries, through, isLast: through === end };
}
