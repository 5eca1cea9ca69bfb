import type { PoolClient, QueryResult } from 'pg';
import type { NamedStatement } from '../../db/statement-group';

export interface Journal {
  accountId: string;
  sequence: number;
  lastHash: string;
}

/** The statement that takes the account's lock, and nothing else. */
export function lockStatement(accountId: string): NamedStatement {
  return {
    name: 'lock-journal',
    text: 'select sequence, last_hash from journals where account_id = $1 for update',
    values: [accountId],
    hasRows: true,
  };
}

/** The journal that the statement has locked. */
export function lockedJournal(accountId: string, { rows }: QueryResult): Journal {
  const row = rows[0] as { sequence: number; last_hash: Buffer } | undefined;
  if (!row) throw new Error(`Account ${accountId} has no journal.`);
  return { accountId, sequence: row.sequence, lastHash: row.last_hash.toString('hex') };
}

export async function lockJournal(client: PoolClient, accountId: string): Promise<Journal> {
  return lockedJournal(accountId, await client.query(lockStatement(accountId)));
}
