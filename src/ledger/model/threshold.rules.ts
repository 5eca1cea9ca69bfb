import type { Wallet } from './ledger';

/** The most alert thresholds of a wallet. */
export const thresholdsMax = 5;
/** The highest balance at which an alert can be set. */
export const thresholdMax = 1_000_000_000;

type Thresholds = Pick<Wallet, 'lowBalanceThreshold' | 'lowerThresholds'>;

/**
 * The thresholds of a wallet, highest first. The previous release knows the highest alone, and may set
 * it below some of the others: those no longer count.
 */
export function thresholdsOf({
  lowBalanceThreshold: highest,
  lowerThresholds,
}: Thresholds): readonly number[] {
  if (highest === null) return [];
  return [highest, ...lowerThresholds.filter((threshold) => threshold < highest)];
}

/** How thresholds in any order are stored; the same one twice is one. */
export function storedThresholds(thresholds: readonly number[]): Thresholds {
  const [highest = null, ...lowerThresholds] = [...new Set(thresholds)].sort((a, b) => b - a);
  return { lowBalanceThreshold: highest, lowerThresholds };
}

/** Thresholds that are set now, were not set before, and that the balance has reached already. */
export function reachedNow(before: Wallet, after: Wallet): readonly number[] {
  const had = new Set(thresholdsOf(before));
  return thresholdsOf(after).filter(
    (threshold) => !had.has(threshold) && after.balance <= threshold,
  );
}
