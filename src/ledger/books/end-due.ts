import type { Changes } from '../model/changes';
import type { Ledger } from '../model/ledger';
import { isDue } from '../model/lot.rules';
import type { AnyCommand } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { fallDue } from './due/due-kinds';

/**
 * Ends the loaded passes and lots whose end has come: passes first, oldest first, so that an agent's
 * `DayPassExpired` always precedes that agent's next `DayPassConsumed`. Then does what else is due.
 */
export function endDue(
  ledger: Ledger,
  command: Pick<AnyCommand, 'id'>,
  newId: () => string,
): Changes {
  const posting = new Posting(ledger, command, newId);
  endPasses(ledger, posting);
  endLots(ledger, posting);
  fallDue(ledger.dueItems.values(), { ledger, posting, newId });
  return posting.changes;
}

function endPasses(ledger: Ledger, posting: Posting): void {
  const due = [...ledger.runningPasses.values()].filter((pass) => pass.expiresAtMs <= ledger.nowMs);
  due.sort((a, b) => a.expiresAtMs - b.expiresAtMs);
  for (const pass of due) {
    const { agentId, consumptionId, walletId } = pass;
    posting.post({ kind: 'DayPassExpired', walletId, agentId, consumptionId, payload: {} });
    posting.changes.runningPasses.set(agentId, null);
  }
}

function endLots(ledger: Ledger, posting: Posting): void {
  for (const lots of ledger.lots.values()) {
    for (const lot of lots) {
      if (!isDue(lot, ledger.nowMs)) continue;
      posting.post({
        kind: 'DayPassLotExpired',
        walletId: lot.walletId,
        payload: { lotId: lot.id, quantity: lot.remaining },
      });
      posting.changes.lots.set(lot.id, { ...lot, remaining: 0 });
    }
  }
}
