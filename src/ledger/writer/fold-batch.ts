import type { AuditEvent } from '../../db/audit-trail';
import type { StateRef } from '../../db/hints';
import { mergeChanges, noChanges, type Changes } from '../model/changes';
import type { Decision } from '../model/decision';
import type { Ledger } from '../model/ledger';
import type { Outcome } from '../model/outcome';
import { apply } from './apply';
import type { AnyCommand, CommandModule } from './command-module';
import type { Kernel } from './kernel';

/** What a batch came to before it is written. */
export interface FoldedBatch {
  ledger: Ledger;
  /** The result of each command, in their order: its outcome, or the error of its module. */
  settled: PromiseSettledResult<Outcome>[];
  changes: Changes;
  /** What changed of the account's state, beside the journal. */
  states: readonly StateRef[];
  /** Of each pass that was due and is ended now: how long after its end, in milliseconds. */
  endedLateMs?: readonly number[];
}

/**
 * First ends what is due of the agents and wallets that are touched, then decides each command on
 * what the ones before it left. Pure, but for the ledger handed in, which becomes the one after. If
 * changes cannot be applied, or a check of the kernel fails, it throws and the whole batch is void: the
 * writer then runs each command of it separately.
 */
export function foldBatch(
  kernel: Kernel,
  ledger: Ledger,
  { commands, newId }: { commands: readonly AnyCommand[]; newId: () => string },
): FoldedBatch {
  const changes = noChanges();
  const states: StateRef[] = [];
  const record = (made: Changes) => {
    const assertFits = kernel.watch?.(ledger, made);
    apply(ledger, made);
    assertFits?.();
    mergeChanges(changes, made);
    states.push(...changedStates(ledger.accountId, made));
  };
  const endedLateMs = [...ledger.runningPasses.values()]
    .map((pass) => ledger.nowMs - pass.expiresAtMs)
    .filter((lateMs) => lateMs >= 0);
  record(kernel.endDue(ledger, { id: newId() }, newId));

  const settled = commands.map((command): PromiseSettledResult<Outcome> => {
    let decision: Decision;
    try {
      decision = decideOne(kernel, ledger, { command, newId });
    } catch (reason) {
      return { status: 'rejected', reason };
    }
    record(decision.changes);
    return { status: 'fulfilled', value: decision.outcome };
  });
  return { ledger, settled, changes, states, endedLateMs };
}

/** The command's decision, with what the audit trail records of it. */
function decideOne(
  kernel: Kernel,
  ledger: Ledger,
  { command, newId }: { command: AnyCommand; newId: () => string },
): Decision {
  const module = kernel.moduleOf(command);
  if ('step' in module) throw new Error(`A ${command.kind} is not folded: it runs by steps.`);
  const decision = module.decide(ledger, command, newId);
  const event = auditOf(module, command, { ledger, decision });
  if (event) decision.changes.audits.push(event);
  return decision;
}

/** What the audit trail records of a command; null if nobody asked for it, or it changed nothing. */
function auditOf(
  module: CommandModule,
  command: AnyCommand,
  { ledger, decision }: { ledger: Ledger; decision: Decision },
): AuditEvent | null {
  const { id, audit } = command;
  const act = audit && module.audit?.(ledger, command, decision.changes);
  if (!act) return null;
  const { accountId, nowMs } = ledger;
  return { id, ...audit, accountId, ...act, occurredAt: new Date(nowMs) };
}

/** Agents and keys whose access changed, settings of wallets and the account: no entry says so. */
function changedStates(accountId: string, changes: Changes): StateRef[] {
  const posted = new Set(changes.entries.map((entry) => entry.walletId));
  // A payment in part changes an order and writes no entry: a page that shows the order receives it by its wallet.
  const ordered = [...changes.orders.values()].map(({ walletId }) => walletId);
  const set = [...new Set([...changes.wallets.keys(), ...ordered])].filter((id) => !posted.has(id));
  return [
    ...[...changes.agents.keys()].map((id): StateRef => ({ kind: 'agent', id })),
    ...[...changes.keys.keys()].map((id): StateRef => ({ kind: 'key', id })),
    ...changes.deletedAgents.map((id): StateRef => ({ kind: 'agent', id })),
    ...changes.newAgents.map(({ id }): StateRef => ({ kind: 'agent', id })),
    ...set.map((id): StateRef => ({ kind: 'wallet', id })),
    ...(changes.account ? [{ kind: 'account', id: accountId } as const] : []),
  ];
}
