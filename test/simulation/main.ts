import { parseArgs } from 'node:util';
import { newSeed, tellFailure } from './report';
import { simulate } from './simulate';

const progressEveryMs = 5_000;

/** `npm run simulate -- --steps 5000000 --seed N`; exits with 1 if a promise broke. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { steps: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
  });
  const [steps, seed] = [Number(values.steps), Number(values.seed ?? newSeed())];
  if (!(Number.isSafeInteger(steps) && steps > 0 && Number.isSafeInteger(seed))) {
    console.error('Usage: npm run simulate -- [--steps <how many>] [--seed <a whole number>]');
    return 2;
  }

  console.log(`Seed ${seed}, ${steps} steps.`);
  const startedAt = performance.now();
  let saidAt = startedAt;
  const report = await simulate(seed, { steps }, (soFar) => {
    if (performance.now() - saidAt < progressEveryMs) return;
    saidAt = performance.now();
    const rate = Math.round((soFar.steps / (saidAt - startedAt)) * 1_000);
    console.log(`${soFar.steps} steps, ${soFar.lives} lives, ${rate} steps a second`);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  const { commands, entries, lives, failure } = report;
  console.log(
    `${report.steps} steps, ${commands} commands, ${entries} entries in ${lives} lives, ` +
      `${Math.round(report.steps / seconds)} steps a second.`,
  );
  if (failure) console.error(await tellFailure(seed, failure));
  else for (const [what, times] of [...report.met].sort()) console.log(`${what}: ${times}`);
  return failure ? 1 : 0;
}

void main().then((code) => (process.exitCode = code));
