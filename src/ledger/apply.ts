import { keyOf, type Entry, type Ledger, type Lot } from './ledger';
import { inDrawOrder } from './lot.rules';
import type { Changes } from './posting';

/**
 * Brings a decision's changes into the ledger that the next command of the batch is decided on. This
 * is the one place where a ledger changes, so a command that throws in `decide` has changed nothing.
 */
export function apply(ledger: Ledger, changes: Changes): void {
  for (const entry of changes.entries) {
    ledger.sequence = entry.sequence;
    remember(ledger, entry);
  }
  for (const wallet of changes.wallets.values()) ledger.wallets.set(wallet.id, wallet);
  for (const lot of changes.lots.values()) putLot(ledger, lot);
  for (const consumption of changes.consumptions) {
    const commandId = changes.entries.find((entry) => entry.consumptionId === consumption.id)!
      .commandId;
    ledger.spentConfirmations.set(consumption.confirmationId, { consumption, commandId });
  }
  for (const [agentId, pass] of changes.runningPasses) {
    if (pass) ledger.runningPasses.set(agentId, pass);
    else ledger.runningPasses.delete(agentId);
  }
  for (const { id, walletId } of changes.owed) {
    ledger.owed.set(walletId, [...(ledger.owed.get(walletId) ?? []), id]);
  }
  if (changes.settled.size > 0) {
    for (const [walletId, owed] of ledger.owed) {
      ledger.owed.set(
        walletId,
        owed.filter((id) => !changes.settled.has(id)),
      );
    }
  }
}

function remember(ledger: Ledger, entry: Entry): void {
  if (entry.key === null || entry.keyDigest === null) return;
  const { kind, key, keyDigest, commandId, walletId } = entry;
  ledger.keyedEntries.set(keyOf(kind, key), { kind, key, keyDigest, commandId, walletId });
}

function putLot(ledger: Ledger, lot: Lot): void {
  const lots = ledger.lots.get(lot.walletId) ?? [];
  const isKnown = lots.some((known) => known.id === lot.id);
  ledger.lots.set(
    lot.walletId,
    isKnown
      ? lots.map((known) => (known.id === lot.id ? lot : known))
      : [...lots, lot].sort(inDrawOrder),
  );
}
