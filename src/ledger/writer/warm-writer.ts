import type { Pool } from 'pg';
import { nilId } from '../../core/ids';
import { needsTogether } from '../model/needs';
import { hotStatements } from './change-statements';
import { loadLedger } from './load-ledger';
import { lockJournal } from './lock-journal';
import { begin, commit } from './run-batch';

/**
 * Runs on one connection of the pool what a consumption runs, for an account that does not exist: its
 * statements are prepared, and the connection knows the tables.
 */
export async function warmWriter(pool: Pool): Promise<void> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query(begin);
    const journal = { accountId: nilId, sequence: 0 };
    // Each reports that there is no such account.
    await lockJournal(client, nilId).catch(() => {});
    for (const tickets of [[], [nilId]]) {
      const given = { needs: needsTogether([{ tickets }]), instantMs: null };
      await loadLedger(client, journal, given).catch(() => {});
    }
    for (const statement of hotStatements()) await client.query(statement);
    await client.query(commit);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}
