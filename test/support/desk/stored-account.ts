import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { root } from '../sources';

/** Rows by their table, in the order in which they can be inserted. */
export type StoredAccount = Record<string, Record<string, unknown>[]>;

/**
 * An account as an earlier release stored it: entries of every kind, passes by a sign-in, a portal
 * session, a ticket and a key, an emergency that was paid, a reversal, and its audit trail.
 */
export function readStoredAccount(name: string): StoredAccount {
  const file = path.join(root, 'test/ledger/fixtures', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as StoredAccount;
}

/** Inserts the rows; columns that were added since have their defaults. Answers the account's id. */
export async function insertStoredAccount(
  source: DataSource,
  stored: StoredAccount,
): Promise<string> {
  for (const [table, rows] of Object.entries(stored)) {
    if (rows.length === 0) continue;
    const columns = Object.keys(rows[0]!).join(', ');
    await source.query(
      `insert into ${table} (${columns})
       select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
      [JSON.stringify(rows)],
    );
  }
  return String(stored.accounts![0]!.id);
}
