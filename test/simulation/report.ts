import { randomInt } from 'node:crypto';
import { shrink } from './shrink';
import type { Failure } from './simulate';
import { tellStory } from './story';

/** A seed that nobody chose. */
export function newSeed(): number {
  return randomInt(2 ** 31);
}

/** The failure's shortest story, and how to have it again. */
export async function tellFailure(seed: number, failure: Failure): Promise<string> {
  const short = await shrink(failure);
  const counts = `${failure.steps.length} steps, shrunk to ${short.steps.length}`;
  return [
    `A promise broke with seed ${seed} (${counts}):`,
    await tellStory(short),
    `Seed ${seed}.`,
  ].join('\n');
}
