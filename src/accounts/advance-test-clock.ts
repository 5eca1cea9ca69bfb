import { newId } from '../core/ids';
import type { AccountLedger } from '../ledger/account-ledger';
import type { Audited } from '../ledger/writer/command-module';
import type { Refused } from '../ledger/model/outcome';

/** A step ends up to 1,000 passes and lots; a year of a busy sandbox has fewer instants than that. */
const stepsMax = 1_000_000;

/**
 * Moves a sandbox's clock forward, instant by instant: each due event gets its own instant. Returns
 * null when the clock has arrived, or why it was refused (SANDBOX_ONLY, VALIDATION_FAILED). Other
 * commands of the account run between the steps.
 */
export async function advanceTestClock(
  ledger: AccountLedger,
  target: { byMs: number } | { toMs: number },
  { audit }: Audited = {},
): Promise<Refused | null> {
  const id = newId();
  let byMs = 'byMs' in target ? target.byMs : null;
  let toMs = 'toMs' in target ? target.toMs : null;
  for (let step = 0; step < stepsMax; step += 1) {
    const isUnderWay = step > 0;
    const move = { kind: 'advance-clock' as const, id, byMs, toMs, isUnderWay };
    // The first step is the act; the following steps only continue it.
    const outcome = await ledger.submit(isUnderWay ? move : { ...move, audit });
    if (outcome.status === 'refused') return outcome;
    if (outcome.result.isThere) return null;
    byMs = null;
    toMs = outcome.result.toMs;
  }
  throw new Error('The test clock did not reach its target.');
}
