import { inWords, type Figure } from '../figure';
import type { CpuPerRequest, Sample } from './cpu';
import { note } from './site';

export interface Rounds {
  ours: number;
  baseline: number;
  rounds: number;
  cpu: Figure['cpu'];
}

/**
 * Ours and the baseline in turns, A B A B, so that other work of the machine affects both; the
 * first pair warms up and is not counted. Returns the medians.
 */
export async function inTurns(options: {
  rounds: number;
  unit: Figure['unit'];
  ours: () => Promise<Sample | number>;
  baseline: () => Promise<Sample | number>;
}): Promise<Rounds> {
  const { rounds, unit } = options;
  const measured = { ours: [] as Sample[], baseline: [] as Sample[] };
  for (let round = 0; round <= rounds; round += 1) {
    const ours = sampleOf(await options.ours());
    const baseline = sampleOf(await options.baseline());
    const name = round === 0 ? 'warm-up' : `round ${round}`;
    note(`${name}: ${describe(ours, unit)}, baseline ${describe(baseline, unit)}`);
    if (round === 0) continue;
    measured.ours.push(ours);
    measured.baseline.push(baseline);
  }
  return medians(measured);
}

/**
 * For two measurements that differ by little: in pairs, A B B A, so that neither is always the one
 * after the other. The ratio is the median of the pairs' ratios: what slows both halves of a pair has
 * no effect on it.
 */
export async function inPairs(
  options: Parameters<typeof inTurns>[0],
): Promise<Rounds & { ratio: number }> {
  const { unit } = options;
  const pairs: { ours: Sample; baseline: Sample }[] = [];
  let isOursFirst = true;
  const pair = async () => {
    const first = isOursFirst ? sampleOf(await options.ours()) : null;
    const baseline = sampleOf(await options.baseline());
    const ours = first ?? sampleOf(await options.ours());
    isOursFirst = !isOursFirst;
    return { ours, baseline };
  };
  await pair();
  for (let round = 1; round <= options.rounds; round += 1) {
    const { ours, baseline } = await pair();
    pairs.push({ ours, baseline });
    const ratio = (ours.value / baseline.value).toFixed(3);
    note(
      `round ${round}: ${describe(ours, unit)}, baseline ${describe(baseline, unit)}: ${ratio} times`,
    );
  }
  return {
    ...medians({ ours: pairs.map(({ ours }) => ours), baseline: pairs.map((p) => p.baseline) }),
    ratio: median(pairs.map(({ ours, baseline }) => ours.value / baseline.value)),
  };
}

function medians({ ours, baseline }: { ours: Sample[]; baseline: Sample[] }): Rounds {
  const cpu = { ours: medianCpu(ours), baseline: medianCpu(baseline) };
  return {
    ours: median(ours.map(({ value }) => value)),
    baseline: median(baseline.map(({ value }) => value)),
    rounds: ours.length,
    cpu: (cpu.ours ?? cpu.baseline) ? cpu : null,
  };
}

function sampleOf(taken: Sample | number): Sample {
  return typeof taken === 'number' ? { value: taken, cpu: null } : taken;
}

function describe({ value, cpu }: Sample, unit: Figure['unit']): string {
  const costs = cpu ? ` (CPU ${cpu.service.toFixed(3)} + ${cpu.postgres.toFixed(3)} ms)` : '';
  return inWords(value, unit) + costs;
}

function medianCpu(samples: readonly Sample[]): CpuPerRequest | null {
  const taken = samples.flatMap(({ cpu }) => cpu ?? []);
  if (taken.length === 0) return null;
  return {
    service: median(taken.map(({ service }) => service)),
    postgres: median(taken.map(({ postgres }) => postgres)),
  };
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
