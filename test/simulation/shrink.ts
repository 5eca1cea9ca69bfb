import { playLife, type Failure } from './simulate';
import type { Step } from './step';

/** So that a failure is reported in seconds, however long the run was. */
const playsMax = 3_000;

/**
 * The shortest story found in which the same promise breaks: leaves out ever smaller parts of the
 * life, and keeps out what the break does not need.
 */
export async function shrink(failure: Failure): Promise<Failure> {
  let best = failure;
  let plays = 0;
  const tryWith = async (steps: readonly Step[]): Promise<boolean> => {
    plays += 1;
    const { broken, taken } = await playLife({ seed: failure.seed, steps });
    if (broken?.promise !== failure.broken.promise) return false;
    best = { ...failure, steps: steps.slice(0, taken), broken };
    return true;
  };

  for (let part = Math.ceil(best.steps.length / 2); part >= 1 && plays < playsMax;) {
    let isShorter = false;
    for (let at = 0; at < best.steps.length && plays < playsMax;) {
      const without = [...best.steps.slice(0, at), ...best.steps.slice(at + part)];
      if (await tryWith(without)) isShorter = true;
      else at += part;
    }
    if (part === 1 && !isShorter) break;
    part = part === 1 ? 1 : Math.ceil(part / 2);
  }
  return best;
}
