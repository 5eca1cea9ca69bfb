import type { StateRef } from '../../db/hints';
import { apply } from './apply';
import { auditOf } from '../audit-of';
import type { AdvanceClock, Command, Outcome } from '../commands';
import { decide } from '../decide';
import { endDue } from '../books/end-due';
import type { Ledger } from '../model/ledger';
import { mergeChanges, noChanges, type Changes } from './posting';

/** What a batch came to before it is written. */
export interface FoldedBatch {
  ledger: Ledger;
  /** What came of each command, in their order: its outcome, or what `decide` threw at it. */
  settled: PromiseSettledResult<Outcome>[];
  changes: Changes;
  /** What changed of the account's state, beside the journal. */
  states: readonly StateRef[];
  /** Of each pass that was due and is ended now: how long after its end, in milliseconds. */
  endedLateMs?: readonly number[];
}

/**
 * First ends what is due of the agents and wallets that are touched, then decides each command on
 * what the ones before it left. Pure, but for the ledger handed in, which becomes the one after.
 */
export function foldBatch(
  ledger: Ledger,
  commands: readonly Command[],
  newId: () => string,
): FoldedBatch {
  const changes = noChanges();
  const states: StateRef[] = [];
  const record = (made: Changes) => {
    apply(ledger, made);
    mergeChanges(changes, made);
    states.push(...changedStates(made));
    if (made.account) states.push({ kind: 'account', id: ledger.accountId });
  };
  const endedLateMs = [...ledger.runningPasses.values()]
    .map((pass) => ledger.nowMs - pass.expiresAtMs)
    .filter((lateMs) => lateMs >= 0);
  record(endDue(ledger, { id: newId() }, newId));

  const settled = commands.map((command): PromiseSettledResult<Outcome> => {
    try {
      const decision = decide(ledger, command as Exclude<Command, AdvanceClock>, newId);
      const audit = auditOf(ledger, command, decision);
      if (audit) decision.changes.audits.push(audit);
      record(decision.changes);
      return { status: 'fulfilled', value: decision.outcome };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  });
  return { ledger, settled, changes, states, endedLateMs };
}

/** Agents and keys whose access a decision changed, wallets whose settings: no entry says so. */
function changedStates(changes: Changes): StateRef[] {
  const posted = new Set(changes.entries.map((entry) => entry.walletId));
  const set = [...changes.wallets.keys()].filter((id) => !posted.has(id));
  return [
    ...[...changes.agents.keys()].map((id): StateRef => ({ kind: 'agent', id })),
    ...[...changes.keys.keys()].map((id): StateRef => ({ kind: 'key', id })),
    ...changes.deletedAgents.map((id): StateRef => ({ kind: 'agent', id })),
    ...changes.newAgents.map(({ id }): StateRef => ({ kind: 'agent', id })),
    ...set.map((id): StateRef => ({ kind: 'wallet', id })),
  ];
}
