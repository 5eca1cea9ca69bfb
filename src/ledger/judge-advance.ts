import { refused, type Refused } from './commands';

/** A test clock moves by at most a year at a time. */
const advanceMaxMs = 366 * 86_400_000;

/**
 * Judges a move of the test clock from the instant that it stands at; null: it may move.
 */
export function judgeAdvance(
  clock: { sandbox: boolean; nowMs: number },
  toMs: number,
): Refused | null {
  if (!clock.sandbox) {
    return refused('SANDBOX_ONLY', 'Only a sandbox account has a test clock.');
  }
  if (toMs < clock.nowMs) {
    return refused('VALIDATION_FAILED', 'The clock only moves forward.', ['to']);
  }
  if (toMs > clock.nowMs + advanceMaxMs) {
    return refused('VALIDATION_FAILED', 'The clock moves by at most a year at a time.', ['to']);
  }
  return null;
}
