import { unchanged, type Decision } from '../model/decision';
import type {
  Actor,
  Consumption,
  Ledger,
  Lot,
  ReversibleConsumption,
  Wallet,
} from '../model/ledger';
import { isDue } from '../model/lot.rules';
import { refused } from '../model/outcome';
import { isSameDay } from '../model/same-day.rules';
import { instantText } from '../writer/act';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';

/** An admin reverses a consumption: the agent loses access, and the pass is in its lot again. */
export interface Reverse extends AnyCommand {
  kind: 'reverse';
  actor: Actor | null;
  consumptionId: string;
  reason: string;
}

interface Reversed {
  consumption: Consumption;
  wallet: Wallet;
}

export const reverse: CommandModule<Reverse, Reversed> = {
  kind: 'reverse',
  needs: ({ consumptionId }) => ({ reversals: [consumptionId] }),
  decide,
  audit(_ledger, { consumptionId, reason }, changes) {
    const reversedAtMs = changes.reversals.get(consumptionId);
    if (reversedAtMs === undefined) return null;
    return {
      action: 'consumption.reversed',
      subject: { type: 'DayPassConsumption', id: consumptionId },
      before: { reversedAt: null },
      after: { reversedAt: instantText(reversedAtMs), reason },
    };
  },
};

/** How long after a consumption an admin may reverse it. */
export const reversibleForMs = 15 * 60_000;

/**
 * Reverses a consumption: the agent loses access immediately, and the pass is in its lot again. If that
 * lot has ended meanwhile, the pass leaves it in the same batch. A second reversal returns the same
 * result. One day of a person has one reversal, whatever name the person's zone had.
 */
function decide(ledger: Ledger, command: Reverse, newId: () => string): Decision<Reversed> {
  const found = ledger.reversible.get(command.consumptionId);
  if (!found) {
    return unchanged(
      refused('NOT_FOUND', 'The account has no consumption with this id. Check the id.', [
        'consumptionId',
      ]),
    );
  }
  const { consumption } = found;
  const { walletId } = consumption;
  if (consumption.reversedAtMs !== null) {
    const result = { consumption, wallet: ledger.wallets.get(walletId)! };
    return unchanged({ status: 'accepted', result });
  }
  const isLate = ledger.nowMs >= consumption.startsAtMs + reversibleForMs;
  if (isLate || found.reversedNear.some((other) => isSameDay(consumption, other))) {
    const why = isLate
      ? 'The time for a reversal is over. A consumption can be reversed within 15 minutes.'
      : 'A pass of the same day was already reversed. Only one reversal per agent and day is possible.';
    return unchanged(refused('NOT_REVERSIBLE', why, ['consumptionId']));
  }

  const posting = new Posting(ledger, command, newId);
  const { changes } = posting;
  changes.reversals.set(consumption.id, ledger.nowMs);
  if (ledger.runningPasses.get(consumption.agentId)?.consumptionId === consumption.id) {
    changes.runningPasses.set(consumption.agentId, null);
  }
  const { lot, settled } = giveBack(ledger, posting, found);
  posting.post({
    kind: 'DayPassReversed',
    walletId,
    actor: command.actor,
    agentId: consumption.agentId,
    consumptionId: consumption.id,
    payload: { lotId: lot?.id ?? null, reason: command.reason, settled },
  });
  if (lot && isDue(lot, ledger.nowMs)) {
    posting.post({
      kind: 'DayPassLotExpired',
      walletId,
      payload: { lotId: lot.id, quantity: lot.remaining },
    });
    changes.lots.set(lot.id, { ...lot, remaining: 0 });
  }
  const reversed = { ...consumption, reversedAtMs: ledger.nowMs };
  const result = { consumption: reversed, wallet: posting.wallet(walletId) };
  return { outcome: { status: 'accepted', result }, changes };
}

/**
 * The pass goes back to its lot, or to the lot that paid for an emergency pass. An emergency pass
 * that is still owed is no longer owed. A returned pass first pays what else is owed.
 */
function giveBack(
  ledger: Ledger,
  posting: Posting,
  { consumption, settledByLotId }: ReversibleConsumption,
): { lot: Lot | null; settled: readonly string[] } {
  const { changes } = posting;
  const { id, walletId } = consumption;
  const owed = ledger.owed.get(walletId) ?? [];
  if (owed.includes(id)) {
    changes.forgiven.push(id);
    return { lot: null, settled: [] };
  }

  const lotId = consumption.lotId ?? settledByLotId;
  const lot = (ledger.lots.get(walletId) ?? []).find((candidate) => candidate.id === lotId);
  if (!lot) throw new Error(`The lot of consumption ${id} is not loaded.`);
  const oldest = owed[0];
  if (oldest !== undefined) {
    changes.settled.set(oldest, lot.id);
    return { lot, settled: [oldest] };
  }
  const fuller = { ...lot, remaining: lot.remaining + 1 };
  changes.lots.set(lot.id, fuller);
  return { lot: fuller, settled: [] };
}
