import { entryKinds } from '../entries/entry-kinds';
import type { Entry } from '../model/ledger';
import type { Changes } from '../model/changes';
import { sealEntry, type MadeRow, type SealedEntry } from './seal-entries';

/** Seals a batch's entries, each to the one before it, the first to the journal's last hash. */
export function sealBatch(accountId: string, lastHash: string, changes: Changes): SealedEntry[] {
  let previous = lastHash;
  return changes.entries.map((entry) => {
    const sealed = sealEntry(accountId, previous, entry, madeBy(entry, changes));
    previous = sealed.hash;
    return sealed;
  });
}

/** The row that an entry made, as it was made: a lot that was drawn from since keeps its quantity. */
function madeBy(entry: Entry, changes: Changes): MadeRow {
  switch (entryKinds[entry.kind].makes) {
    case 'consumption':
      return changes.consumptions.find((row) => row.id === entry.consumptionId) ?? null;
    case 'lot':
      return changes.lots.get(String(entry.payload.lotId)) ?? null;
    case 'invoice':
      return changes.invoices.find((row) => row.id === entry.payload.invoiceId) ?? null;
    case 'order':
      return changes.orders.get(String(entry.payload.orderId)) ?? null;
    case null:
      return null;
  }
}
