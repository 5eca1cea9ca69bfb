import { figure, type Figure } from './figure';
import { measureMidnight } from './midnight';
import { againstBase, baseTree } from './support/base-tree';
import { loadAverage } from './support/machine';
import { root } from './support/program';
import { median } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 3;
const plan = { passes: 1_000, followers: 90, gates: 0, calmSeconds: 0, marginMs: 8_000 };

/** The longest time for which a burst of entries keeps the service from other work. */
export async function stall(site: Site): Promise<Figure[]> {
  const base = baseTree(site.options.base);
  const delays = { ours: [] as number[], base: [] as number[] };
  const loads: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const tree of base === null ? [root] : [base, root]) {
      const load = loadAverage();
      const { longestDelayMs } = await site.part((part) => measureMidnight(part, plan, tree));
      const name = tree === root ? 'here' : 'base';
      note(`round ${round}, ${name}: ${longestDelayMs.toFixed(0)} ms (load average ${load})`);
      delays[tree === root ? 'ours' : 'base'].push(longestDelayMs);
      loads.push(load);
    }
  }
  const { passes, followers } = plan;
  return [
    figure({
      name: 'stall',
      what: `longest delay of the event loop while ${passes.toLocaleString('en')} passes end at once with ${followers} followers; load average ${median(loads)}`,
      against: againstBase(site),
      unit: 'ms',
      ours: median(delays.ours),
      baseline: base === null ? null : median(delays.base),
      aim: 'at most 50 ms, better 20 ms',
      rounds,
    }),
  ];
}
