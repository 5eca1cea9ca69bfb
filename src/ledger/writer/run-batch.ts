import type { Pool, PoolClient } from 'pg';
import { newId } from '../../core/ids';
import { together } from '../../db/bounded-client';
import type { StateRef } from '../../db/hints';
import { advanceClock } from '../books/advance-clock';
import type { Command, Outcome } from '../commands';
import { foldBatch, type FoldedBatch } from './fold-batch';
import { loadLedger } from './load-ledger';
import { sealBatch } from './seal-batch';
import { changeStatements } from './change-statements';

/** What came of each command, in their order: its outcome, or what `decide` threw at it. */
export interface BatchResult {
  settled: PromiseSettledResult<Outcome>[];
  /** Where the account's journal stands after the batch. */
  sequence: number;
  /** What changed of the account's state, beside the journal. */
  states: readonly StateRef[];
  /** Of each pass that was due and is ended now: how long after its end, in milliseconds. */
  endedLateMs: readonly number[];
}

/**
 * One transaction for many commands of one account: lock the journal's row, load, fold through
 * `decide`, write the net effect, commit. Nothing is written where nothing changed.
 *
 * A move of the test clock is a batch of its own, as the instant of a batch is one.
 */
export async function runBatch(
  pool: Pool,
  accountId: string,
  commands: readonly Command[],
  fixedNowMs: number | null = null,
): Promise<BatchResult> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    // Sent together, answered one after the other; so are the changes and the commit, which commits
    // nothing after a statement that failed.
    const [, journal] = await together(client, () =>
      Promise.all([
        client.query('begin isolation level read committed'),
        lockJournal(client, accountId),
      ]),
    );
    const [first] = commands;
    const folded: FoldedBatch =
      first?.kind === 'advance-clock'
        ? await advanceClock(client, journal, first)
        : foldBatch(await loadLedger(client, journal, commands, fixedNowMs), commands, newId);
    const { ledger, settled, changes, states, endedLateMs = [] } = folded;
    const entries = sealBatch(accountId, journal.lastHash, changes);
    const statements = changeStatements(ledger, { accountId, changes, entries, states });
    await together(client, () =>
      Promise.all([
        ...statements.map((statement) => client.query(statement)),
        client.query('commit'),
      ]),
    );
    return { settled, sequence: journal.sequence + entries.length, states, endedLateMs };
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw failure;
  } finally {
    // A connection whose transaction failed is not worth a rollback that may hang: it is closed.
    client.release(failure);
  }
}

interface Journal {
  accountId: string;
  sequence: number;
  lastHash: string;
}

/** Takes the account's lock, and nothing else in that statement. */
async function lockJournal(client: PoolClient, accountId: string): Promise<Journal> {
  const { rows } = await client.query<{ sequence: number; last_hash: Buffer }>({
    name: 'lock-journal',
    text: 'select sequence, last_hash from journals where account_id = $1 for update',
    values: [accountId],
  });
  const row = rows[0];
  if (!row) throw new Error(`Account ${accountId} has no journal.`);
  return { accountId, sequence: row.sequence, lastHash: row.last_hash.toString('hex') };
}
