import type { StoredEntry } from '../rows/entry';
import type { EntryPayload } from './entry-payload';
import type { MadeRows } from './verify-books.queries';

/**
 * Compares what decides what was paid for a pass with the entry's own text, which the hash chain
 * protects: the unit price of a new lot, and the lot that settled an emergency pass. Returns what is
 * wrong, or null if they match.
 */
export function judgePaid(
  { kind }: StoredEntry,
  { lotId, settled = [], unitPriceMinor, currency }: EntryPayload,
  { lots, emergencies }: MadeRows,
): string | null {
  const lot = lots.get(lotId ?? '');
  if (lot && kind === 'DayPassesPurchased') {
    const isSame = lot.unitPrice?.minor === unitPriceMinor && lot.unitPrice?.currency === currency;
    if (!isSame) return 'the unit price of its lot differs from the entry';
  }
  if (lot && kind === 'DayPassesGranted' && lot.unitPrice) return 'its granted lot has a price';
  const astray = settled.find((id) => {
    const settledByLotId = emergencies.get(id)?.settledByLotId;
    // One that is marked as owed (null) is found with the other debts.
    return settledByLotId !== null && settledByLotId !== lotId;
  });
  return astray ? `the lot that settled emergency pass ${astray} differs from the entry` : null;
}
