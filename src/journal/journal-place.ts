import { DomainError } from '../core/domain-error';
import type { AccountScope } from '../db/account-scope';
import { decodeCursor, encodeCursor } from './cursor';

/** The present end of the account's journal, as a cursor. An account without entries has one too. */
export async function readJournalCursor(scope: AccountScope): Promise<string> {
  const { accountId } = scope;
  const [row] = await scope.query<{ sequence: number; last_hash: Buffer }>(
    'select sequence, last_hash from journals where account_id = $1',
  );
  if (!row)
    throw new DomainError('UNAUTHENTICATED', 'The account of this credential does not exist.');
  return encodeCursor({ accountId, sequence: row.sequence, hash: row.last_hash.toString('hex') });
}

/**
 * The number of the entry that a cursor comes after. Throws BAD_USER_INPUT for a cursor that is not
 * of this journal, CURSOR_UNKNOWN for one of a history that a restore from a backup has removed.
 */
export async function sequenceOfCursor(scope: AccountScope, cursor: string): Promise<number> {
  const { sequence, hashStart } = decodeCursor(cursor, scope.accountId);
  // Nothing was undone before the first entry.
  if (sequence === 0) return 0;
  const [row] = await scope.query<{ hash: Buffer }>(
    'select hash from journal_entries where account_id = $1 and sequence = $2',
    [sequence],
  );
  if (row?.hash.toString('hex').startsWith(hashStart)) return sequence;
  throw new DomainError(
    'CURSOR_UNKNOWN',
    'The journal no longer contains this cursor, e.g. after a restore from a backup. Read again from Account.journalCursor.',
  );
}
