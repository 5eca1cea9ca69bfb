import { inWords, type Figure } from '../figure';
import { note } from './site';

export interface Rounds {
  ours: number;
  baseline: number;
  rounds: number;
}

/**
 * Ours and the baseline by turns, A B A B, so that whatever else the machine does meets both; the
 * first pair warms up and is not counted. Answers the medians.
 */
export async function inTurns(options: {
  rounds: number;
  unit: Figure['unit'];
  ours: () => Promise<number>;
  baseline: () => Promise<number>;
}): Promise<Rounds> {
  const { rounds, unit } = options;
  const measured = { ours: [] as number[], baseline: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await options.ours();
    const baseline = await options.baseline();
    const name = round === 0 ? 'warm-up' : `round ${round}`;
    note(`${name}: ${inWords(ours, unit)}, baseline ${inWords(baseline, unit)}`);
    if (round === 0) continue;
    measured.ours.push(ours);
    measured.baseline.push(baseline);
  }
  return { ours: median(measured.ours), baseline: median(measured.baseline), rounds };
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that so large a share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('Nothing was measured.');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)]!;
}
