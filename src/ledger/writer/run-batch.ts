import type { Pool, PoolClient } from 'pg';
import { newId } from '../../core/ids';
import { together } from '../../db/bounded-client';
import type { StateRef } from '../../db/hints';
import { needsTogether } from '../model/needs';
import type { Outcome } from '../model/outcome';
import { isLockWait } from './batch-failure';
import type { AnyCommand } from './command-module';
import { CommittedBatch } from './committed-batch';
import { foldBatch, type FoldedBatch } from './fold-batch';
import type { Kernel } from './kernel';
import { loadLedger } from './load-ledger';
import { lockJournal, type Journal } from './lock-journal';
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

const begin = 'begin isolation level read committed';

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
    // Sent together, answered one after the other; so are the changes and the commit, which commits
    // nothing after a statement that failed.
    const [, journal] = await together(client, () =>
      Promise.all([
        // After `begin`: another statement before it would fix the transaction's isolation level.
        client.query(arePlansOld(client) ? `${begin}; discard plans` : begin),
        lockJournal(client, accountId),
      ]),
    );
    const decided = await decideBatch(client, kernel, { batch, journal });
    const { ledger, settled, changes, states, endedLateMs = [] } = decided;
    const entries = sealBatch(accountId, journal.lastHash, changes);
    const statements = changeStatements(ledger, { accountId, changes, entries, states });
    await together(client, () =>
      Promise.all([
        ...statements.map((statement) => client.query(statement)),
        client.query('commit'),
      ]),
    );
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

/** Loads what the commands need, and folds them; one that runs by steps is alone, and takes a step. */
async function decideBatch(
  client: PoolClient,
  kernel: Kernel,
  { batch, journal }: { batch: Batch; journal: Journal },
): Promise<FoldedBatch & { agents: readonly string[] | null }> {
  const { accountId, commands, fixedNowMs } = batch;
  const needs = needsTogether(commands.map((one) => kernel.moduleOf(one).needs(one)));
  const load = (instantMs: number | null) => loadLedger(client, journal, { needs, instantMs });
  const [first] = commands;
  const module = first && kernel.moduleOf(first);
  if (first && module && 'step' in module) {
    const { outcome, ...step } = await module.step({ client, accountId, load, newId }, first);
    return { ...step, settled: [{ status: 'fulfilled', value: outcome }], agents: null };
  }
  const folded = foldBatch(kernel, await load(fixedNowMs), { commands, newId });
  return { ...folded, agents: needs.agents };
}

/** Whether the connection is as before. */
function rollBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
