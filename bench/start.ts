import path from 'node:path';
import { figure, type Figure } from './figure';
import { againstBase, baseTree } from './support/base-tree';
import { temporaryFolder } from './support/database';
import { answering, root, startBuilt } from './support/program';
import { median } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 3;
const warmOfRound = 3;
const pollMs = 10;
const question = `/graphql?query=${encodeURIComponent('{ __typename }')}`;

/**
 * From the start of a built tree's process to its first answer: cold, in an empty data folder, with
 * PostgreSQL's cluster and the demo to create first; and warm, when both exist.
 */
export async function start(site: Site): Promise<Figure[]> {
  const base = baseTree(site.options.base);
  const ours = { cold: [] as number[], warm: [] as number[] };
  const theirs = { cold: [] as number[], warm: [] as number[] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const [tree, taken] of [[base, theirs] as const, [root, ours] as const]) {
      if (tree === null) continue;
      const dataDir = path.join(temporaryFolder(site), 'data');
      taken.cold.push(await startOnce(dataDir, tree));
      for (let times = 0; times < warmOfRound; times += 1) {
        taken.warm.push(await startOnce(dataDir, tree));
      }
      const name = tree === root ? 'here' : 'base';
      const [cold, warm] = [taken.cold.at(-1)!, taken.warm.at(-1)!];
      note(`round ${round}, ${name}: ${cold.toFixed(2)} s cold, ${warm.toFixed(2)} s warm`);
    }
  }
  const common = { against: againstBase(site), unit: 's' as const, rounds };
  const baseline = (of: readonly number[]) => (base === null ? null : median(of));
  return [
    figure({
      ...common,
      name: 'start, cold',
      what: 'to the first answer, PostgreSQL and ninety days of demo made first',
      ours: median(ours.cold),
      baseline: baseline(theirs.cold),
      aim: 'stated',
    }),
    figure({
      ...common,
      name: 'start, warm',
      what: 'to the first answer',
      ours: median(ours.warm),
      baseline: baseline(theirs.warm),
      aim: 'at most 0.8, better 0.65',
    }),
  ];
}

async function startOnce(dataDir: string, tree: string): Promise<number> {
  const startedAt = performance.now();
  const service = await startBuilt({ DAYPASS_DATA_DIR: dataDir }, tree);
  try {
    const url = `${service.url}${question}`;
    await answering(url, service.child, {
      pollMs,
      headers: { 'apollo-require-preflight': 'true' },
    });
    return (performance.now() - startedAt) / 1_000;
  } finally {
    await service.stop();
  }
}
