import type { Pool, PoolClient } from 'pg';
import { newId } from '../../core/ids';
import { queryTogether } from '../../db/bounded-client';
import type { StateRef } from '../../db/hints';
import { needsTogether } from '../model/needs';
import type { Outcome } from '../model/outcome';
import { isLockWait } from './batch-failure';
import type { AnyCommand } from './command-module';
import { CommittedBatch } from './committed-batch';
import { foldBatch, type FoldedBatch } from './fold-batch';
import type { Kernel } from './kernel';
import { ledgerOf, loadLedger } from './load-ledger';
import { loadStatement } from './load-statement';
import { lockedJournal, lockStatement, type Journal } from './lock-journal';
import { arePlansOld } from './plan-age';
import { sealBatch } from './seal-batch';
import type { SealedEntry } from './seal-entries';
import { changeStatements } from './change-statements';

/** The result of each command, in their order: its outcome, or the error of its module. */
export interface BatchResult {
  settled: PromiseSettledResult<Outcome>[];
  /** Where the account's journal stands after the batch. */
  sequence: number;
  /** The entries that it added to the journal. */
  entries: readonly SealedEntry[];
  /** What changed of the account's state, beside the journal. */
  states: readonly StateRef[];
  /** How many jobs wait in the account's outbox because of it. */
  jobs: number;
  /** Null for a command that runs by steps. */
  committed: CommittedBatch | null;
  /** Of each pass that was due and is ended now: how long after its end, in milliseconds. */
  endedLateMs: readonly number[];
}

export const begin = { name: 'begin', text: 'begin isolation level read committed' };
export const commit = { name: 'commit', text: 'commit' };

/** The commands of one account that are committed together. */
export interface Batch {
  accountId: string;
  commands: readonly AnyCommand[];
  /** Stands in for the clock; null: the database's. */
  fixedNowMs: number | null;
}

/**
 * One transaction for many commands of one account: lock the journal's row, load, decide, write the net
 * effect, commit. Nothing is written if nothing changed.
 */
export async function runBatch(pool: Pool, kernel: Kernel, batch: Batch): Promise<BatchResult> {
  const { accountId } = batch;
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    if (arePlansOld(client)) await client.query('discard plans');
    const decided = await decideBatch(client, kernel, batch);
    const { journal, ledger, settled, changes, states, endedLateMs = [] } = decided;
    const entries = sealBatch(accountId, journal.lastHash, changes);
    const statements = changeStatements(ledger, { accountId, changes, entries, states });
    // Of statements that are sent together, none runs after one that failed: so nothing is committed.
    await queryTogether(client, [...statements, commit]);
    const { agents } = decided;
    return {
      settled,
      sequence: journal.sequence + entries.length,
      entries,
      states,
      jobs: changes.jobs.length,
      committed: agents && new CommittedBatch(ledger, entries, new Set(agents)),
      endedLateMs,
    };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    // A lock that others hold does not mean that the connection is broken, and a new one is expensive.
    const isSound = isLockWait(thrown) && (await rollBack(client));
    if (!isSound) failure = thrown;
    throw thrown;
  } finally {
    // Any other connection whose transaction failed is closed, as a rollback may hang.
    client.release(failure);
  }
}

/**
 * Begins the transaction, takes the lock and loads what the commands need, then folds them; one that
 * runs by steps is alone, and takes a step. Lock and load are sent together, and the load sees what was
 * committed during the wait for the lock: each statement has a snapshot of its own.
 */
async function decideBatch(
  client: PoolClient,
  kernel: Kernel,
  { accountId, commands, fixedNowMs }: Batch,
): Promise<FoldedBatch & { journal: Journal; agents: readonly string[] | null }> {
  const needs = needsTogether(commands.map((one) => kernel.moduleOf(one).needs(one)));
  const opening = [begin, lockStatement(accountId)];
  const [first] = commands;
  const module = first && kernel.moduleOf(first);
  if (first && module && 'step' in module) {
    const [, locked] = await queryTogether(client, opening);
    const journal = lockedJournal(accountId, locked!);
    const load = (instantMs: number | null) => loadLedger(client, journal, { needs, instantMs });
    const { outcome, ...step } = await module.step({ client, accountId, load, newId }, first);
    const settled = [{ status: 'fulfilled', value: outcome } as const];
    return { ...step, journal, settled, agents: null };
  }
  const load = loadStatement({ accountId, needs, instantMs: fixedNowMs });
  const [, locked, loaded] = await queryTogether(client, [...opening, load]);
  const journal = lockedJournal(accountId, locked!);
  const ledger = await ledgerOf(client, journal, { needs, result: loaded! });
  const folded = foldBatch(kernel, ledger, { commands, newId });
  return { ...folded, journal, agents: needs.agents };
}

/** Whether the connection is as before. */
function rollBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
