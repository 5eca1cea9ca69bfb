import type { PoolClient } from 'pg';

export interface Journal {
  accountId: string;
  sequence: number;
  lastHash: string;
}

/** Takes the account's lock, and nothing else in that statement. */
export async function lockJournal(client: PoolClient, accountId: string): Promise<Journal> {
  const { rows } = await client.query<{ sequence: number; last_hash: Buffer }>({
    name: 'lock-journal',
    text: 'select sequence, last_hash from journals where account_id = $1 for update',
    values: [accountId],
  });
  const row = rows[0];
  if (!row) throw new Error(`Account ${accountId} has no journal.`);
  return { accountId, sequence: row.sequence, lastHash: row.last_hash.toString('hex') };
}
