import type { AdvanceClock } from '../../src/ledger/books/advance-clock';
import type { Outcome } from '../../src/ledger/commands';
import { endDue } from '../../src/ledger/books/end-due';
import { foldBatch } from '../../src/ledger/decide';
import type { TypedBatch } from '../../src/ledger/decide';
import { judgeAdvance } from '../../src/ledger/books/judge-advance';
import { noChanges } from '../../src/ledger/model/changes';
import { sealBatch } from '../../src/ledger/writer/seal-batch';
import type { Command } from './command';
import { accountNowMs, type Database } from './database';
import { loadDesk } from './load-desk';
import type { Committed } from './plain-batch';
import { writeDesk } from './write-desk';

/**
 * One batch, as `runBatch` runs it: load, fold, seal, write. Null if it is lost before its commit:
 * then nothing was written, and the ledger's decisions in memory are gone.
 */
export function commitBatch(
  db: Database,
  commands: readonly Command[],
  { newId, isLost }: { newId: () => string; isLost: boolean },
): Committed | null {
  const [first] = commands;
  const offsetBefore = db.offsetMs;
  const isJudged = first?.kind === 'advance-clock' && !first.isUnderWay;
  const judgedAtMs = isJudged ? Math.max(accountNowMs(db), db.journal.lastInstantMs) : null;
  const folded =
    first?.kind === 'advance-clock'
      ? stepClock(db, first, newId)
      : foldBatch(loadDesk(db, commands), commands, newId);
  if (isLost) {
    db.offsetMs = offsetBefore;
    return null;
  }
  const { ledger, changes, settled } = folded;
  const entries = sealBatch(db.accountId, db.journal.lastHash, changes);
  writeDesk(db, ledger, { changes, entries });
  return { nowMs: ledger.nowMs, commands, settled, entries, judgedAtMs };
}

/** As `advanceClock`: one step, to what falls due next or to the target. */
function stepClock(
  db: Database,
  command: AdvanceClock,
  newId: () => string,
): Pick<TypedBatch, 'ledger' | 'settled' | 'changes'> {
  const nowMs = Math.max(accountNowMs(db), db.journal.lastInstantMs);
  command.toMs ??= nowMs + (command.byMs ?? 0);
  const { toMs } = command;
  const refusal = command.isUnderWay
    ? null
    : judgeAdvance({ sandbox: db.sandbox, nowMs }, { byMs: command.byMs, toMs });
  const answer = (value: Outcome) => [{ status: 'fulfilled' as const, value }];
  if (refusal) {
    return { ledger: loadDesk(db, [command]), settled: answer(refusal), changes: noChanges() };
  }
  command.isUnderWay = true;

  const nextDueMs = nextDue(db);
  const isThere = nextDueMs > toMs;
  const instantMs = isThere ? toMs : nextDueMs;
  const ledger = loadDesk(db, [command], instantMs);
  db.offsetMs = Math.max(db.offsetMs, instantMs - db.clockMs);
  const changes = isThere ? noChanges() : endDue(ledger, command, newId);
  return { ledger, settled: answer({ status: 'accepted', result: { toMs, isThere } }), changes };
}

function nextDue(db: Database): number {
  let next = Infinity;
  for (const { atMs } of db.dueItems.values()) next = Math.min(next, atMs);
  for (const { expiresAtMs } of db.runningPasses.values()) next = Math.min(next, expiresAtMs);
  for (const lots of db.openLots.values()) {
    for (const { expiresAtMs } of lots.values()) next = Math.min(next, expiresAtMs ?? Infinity);
  }
  return next;
}
