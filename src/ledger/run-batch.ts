import type { Pool, PoolClient } from 'pg';
import { newId } from '../core/ids';
import type { StateRef } from '../db/hints';
import { advanceClock } from './advance-clock';
import { apply } from './apply';
import type { AdvanceClock, Command, Outcome } from './commands';
import { decide } from './decide';
import { endDue } from './end-due';
import type { Entry, Ledger } from './ledger';
import { loadLedger } from './load-ledger';
import { madeRowOf } from './made-row';
import { mergeChanges, noChanges, type Changes } from './posting';
import { sealEntry, type MadeRow, type SealedEntry } from './seal-entries';
import { writeChanges } from './write-changes';

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

/** What a batch came to before it is written. */
interface Folded {
  ledger: Ledger;
  settled: PromiseSettledResult<Outcome>[];
  changes: Changes;
  states: readonly StateRef[];
  endedLateMs?: readonly number[];
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
    await client.query('begin isolation level read committed');
    const journal = await lockJournal(client, accountId);
    const [first] = commands;
    const folded: Folded =
      first?.kind === 'advance-clock'
        ? await advanceClock(client, journal, first)
        : fold(await loadLedger(client, journal, commands, fixedNowMs), commands);
    const { ledger, settled, changes, states, endedLateMs = [] } = folded;
    const entries = sealAll(accountId, journal.lastHash, changes);
    await writeChanges(client, ledger, { accountId, changes, entries, states });
    await client.query('commit');
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

/** First ends what is due of the agents and wallets that are touched, then decides each command. */
function fold(ledger: Ledger, commands: readonly Command[]): Folded {
  const changes = noChanges();
  const states: StateRef[] = [];
  const record = (made: Changes) => {
    apply(ledger, made);
    mergeChanges(changes, made);
    states.push(...changedStates(made));
  };
  const endedLateMs = [...ledger.runningPasses.values()]
    .map((pass) => ledger.nowMs - pass.expiresAtMs)
    .filter((lateMs) => lateMs >= 0);
  record(endDue(ledger, { id: newId() }, newId));

  const settled = commands.map((command): PromiseSettledResult<Outcome> => {
    try {
      const decision = decide(ledger, command as Exclude<Command, AdvanceClock>, newId);
      record(decision.changes);
      return { status: 'fulfilled', value: decision.outcome };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  });
  return { ledger, settled, changes, states, endedLateMs };
}

/** Agents whose standing a decision changed, and wallets whose settings: no entry of it says so. */
function changedStates(changes: Changes): StateRef[] {
  const posted = new Set(changes.entries.map((entry) => entry.walletId));
  const set = [...changes.wallets.keys()].filter((id) => !posted.has(id));
  return [
    ...[...changes.agents.keys()].map((id): StateRef => ({ kind: 'agent', id })),
    ...set.map((id): StateRef => ({ kind: 'wallet', id })),
  ];
}

function sealAll(accountId: string, lastHash: string, changes: Changes): SealedEntry[] {
  let previous = lastHash;
  return changes.entries.map((entry) => {
    const sealed = sealEntry(accountId, previous, entry, madeBy(entry, changes));
    previous = sealed.hash;
    return sealed;
  });
}

/** The row that an entry made, as it was made: a lot that was drawn from since keeps its quantity. */
function madeBy(entry: Entry, changes: Changes): MadeRow {
  switch (madeRowOf[entry.kind]) {
    case 'consumption':
      return changes.consumptions.find((row) => row.id === entry.consumptionId) ?? null;
    case 'lot':
      return changes.lots.get(String(entry.payload.lotId)) ?? null;
    case null:
      return null;
  }
}
