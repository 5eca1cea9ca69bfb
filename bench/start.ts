import path from 'node:path';
import { figure, type Figure } from './figure';
import { temporaryFolder } from './support/database';
import { answering, startBuilt } from './support/program';
import { median } from './support/rounds';
import { note, type Site } from './support/site';

const rounds = 3;
const pollMs = 10;
const question = `/graphql?query=${encodeURIComponent('{ __typename }')}`;

/**
 * From the start of a built tree's process to its first answer: cold, in an empty data folder, where
 * PostgreSQL's cluster and the demo are made first; and warm, where they are there.
 */
export async function start(site: Site): Promise<Figure[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const dataDir = path.join(temporaryFolder(site), 'data');
    cold.push(await startOnce(dataDir));
    warm.push(await startOnce(dataDir));
    note(`round ${round}: ${cold.at(-1)!.toFixed(2)} s cold, ${warm.at(-1)!.toFixed(2)} s warm`);
  }
  const common = { against: null, baseline: null, unit: 's' as const, aim: 'stated', rounds };
  return [
    figure({
      ...common,
      name: 'start, cold',
      what: 'to the first answer, PostgreSQL and ninety days of demo made first',
      ours: median(cold),
    }),
    figure({ ...common, name: 'start, warm', what: 'to the first answer', ours: median(warm) }),
  ];
}

async function startOnce(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const service = await startBuilt({ DAYPASS_DATA_DIR: dataDir });
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
