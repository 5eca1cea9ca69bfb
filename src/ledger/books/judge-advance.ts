import { refused, type Refused } from '../model/outcome';

/** A test clock moves by at most a year at a time. */
const advanceMaxMs = 366 * 86_400_000;

/** Judges a move of the test clock from its present instant; null: it may move. */
export function judgeAdvance(
  clock: { sandbox: boolean; nowMs: number },
  move: { byMs: number | null; toMs: number },
): Refused | null {
  const { toMs } = move;
  const field = [move.byMs === null ? 'to' : 'by'];
  if (!clock.sandbox) {
    return refused('SANDBOX_ONLY', 'Only a sandbox account has a test clock.');
  }
  if (toMs < clock.nowMs) {
    return refused(
      'VALIDATION_FAILED',
      'The clock only moves forward. Choose a time that is not before Account.now.',
      field,
    );
  }
  if (toMs > clock.nowMs + advanceMaxMs) {
    return refused(
      'VALIDATION_FAILED',
      'The clock moves by at most one year at a time. Choose an earlier time.',
      field,
    );
  }
  return null;
}
