import { Broken } from './broken';
import { drawSteps } from './draw-steps';
import { demandSums } from './plain-sums';
import { Play } from './play';
import { Random } from './random';
import type { Step } from './step';
import { verifyDesk } from './verify-desk';
import { demandDelivered } from './webhooks';

/** One life is short, so that a failure can be played again from its beginning; some are longer. */
const lifeSteps = { most: 1_500, seldom: 15_000 };

/** One account's life: all that it is made of is its seed and its steps. */
export interface Life {
  seed: number;
  steps: readonly Step[];
}

/** A promise that broke, and the life in which it did. */
export interface Failure extends Life {
  broken: Broken;
}

export interface Report {
  steps: number;
  commands: number;
  entries: number;
  lives: number;
  /** How often which word and which kind of entry was met. */
  met: Map<string, number>;
  failure: Failure | null;
}

/**
 * Plays runs until so many steps were made, or until a time, or until a promise breaks. The clock
 * of `untilMs` decides how many runs there are, and nothing in them.
 */
export async function simulate(
  seed: number,
  { steps, isOver = () => false }: { steps: number; isOver?: () => boolean },
  progress: (report: Report) => void = () => {},
): Promise<Report> {
  const report: Report = {
    ...{ steps: 0, commands: 0, entries: 0, lives: 0 },
    met: new Map(),
    failure: null,
  };
  while (report.steps < steps && !isOver() && !report.failure) {
    const life = drawLife(Random.seedOf(seed, report.lives));
    const { play, broken, taken } = await playLife(life);
    report.steps += taken;
    report.commands += play?.commands ?? 0;
    report.entries += play?.db.entries.length ?? 0;
    report.lives += 1;
    for (const [what, times] of play?.met ?? []) {
      report.met.set(what, (report.met.get(what) ?? 0) + times);
    }
    if (broken) report.failure = { seed: life.seed, steps: life.steps.slice(0, taken), broken };
    progress(report);
  }
  return report;
}

/** Plays a run to its end or until a promise breaks. */
export async function playLife({ seed, steps }: Life): Promise<{
  play: Play | null;
  broken: Broken | null;
  taken: number;
}> {
  let play: Play | null = null;
  let taken = 0;
  try {
    play = new Play(seed);
    for (const step of steps) {
      taken += 1;
      // Most steps have nothing to wait for.
      const waits = play.step(step);
      if (waits) await waits;
    }
    verifyDesk(play.db);
    demandSums(play.books);
    await demandDelivered(play.db);
    return { play, broken: null, taken };
  } catch (error) {
    return { play, broken: brokenOf(error), taken };
  }
}

function drawLife(seed: number): Life {
  const random = new Random(seed ^ 0x5bd1e995);
  const length = random.chance(0.02) ? lifeSteps.seldom : random.between(100, lifeSteps.most);
  const steps: Step[] = [];
  // In every second run passes are short, and emergency passes matter.
  const isPoor = random.chance(0.5);
  const comesIn = ([first]: Step[]) => first?.do === 'grant' || first?.do === 'purchase';
  while (steps.length < length) {
    const next = drawSteps(random);
    if (!isPoor || !comesIn(next) || random.chance(0.25)) steps.push(...next);
  }
  return { seed, steps };
}

/** What the product throws breaks a promise too: that it answers. */
function brokenOf(error: unknown): Broken {
  if (error instanceof Broken) return error;
  const where = error instanceof Error ? error.stack : String(error);
  return new Broken('nothing throws', where);
}
