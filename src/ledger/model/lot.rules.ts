import type { Lot } from './ledger';

/**
 * Lots past their end leave the balance; until that entry is written, no pass is drawn from them.
 */
export function isDue(lot: Lot, nowMs: number): boolean {
  return lot.remaining > 0 && lot.expiresAtMs !== null && lot.expiresAtMs <= nowMs;
}

/** Later than any instant; not Infinity, because Infinity minus Infinity is NaN. */
const never = Number.MAX_SAFE_INTEGER;

/** Lowest priority first, then earliest end (none comes last), then the order they came in. */
export function inDrawOrder(a: Lot, b: Lot): number {
  return (
    a.priority - b.priority ||
    (a.expiresAtMs ?? never) - (b.expiresAtMs ?? never) ||
    a.sequence - b.sequence
  );
}
