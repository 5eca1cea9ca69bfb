import { isDeepStrictEqual } from 'node:util';
import type { Purchase } from '../model/ledger';
import type { StoredEntry } from '../rows/entry';
import type { EntryPayload } from './entry-payload';
import type { MadeRows } from './verify-books.queries';

/**
 * Compares the purchase of an entry with the entry's own text, which the hash chain protects;
 * returns what is wrong, or null if they match.
 */
export function judgePurchase(
  entry: StoredEntry,
  payload: EntryPayload,
  { purchases }: MadeRows,
): string | null {
  if (entry.kind !== 'DayPassesPurchased') return null;
  const { purchaseId, lotId, quantity, unitPriceMinor, totalMinor, currency } = payload;
  const row = purchases.get(purchaseId ?? '');
  if (!row) return 'the purchase of this entry is missing';
  const { sequence, walletId, actor, occurredAtMs } = entry;
  const entered: Record<keyof Purchase, unknown> = {
    id: purchaseId,
    walletId,
    lotId,
    sequence,
    quantity,
    unitPrice: { minor: unitPriceMinor, currency },
    totalMinor,
    purchasedBy: actor?.kind === 'AGENT' ? actor.id : null,
    purchasedAtMs: occurredAtMs,
    orderId: payload.orderId ?? null,
  };
  const fields = Object.keys(entered) as (keyof Purchase)[];
  const astray = fields.find((field) => !isDeepStrictEqual(row[field], entered[field]));
  return astray ? `the ${astray} of its purchase differs from the entry` : null;
}
