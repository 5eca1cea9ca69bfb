/**
 * `npm run check:fast`: types, lint and rooms side by side, in under a minute. The linter looks only at
 * files that have changed since it last passed; `npm run check` reads all of them again, as a changed type
 * can be wrong in a file that has not changed.
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

const tsc = 'node_modules/typescript7/bin/tsc';
const cache = (name) => ['--cache', '--cache-location', `node_modules/.cache/daypass-${name}`];
const checks = {
  types: [tsc, '-p', 'tsconfig.test.json', '--noEmit'],
  'types of the pages': [tsc, '-p', 'src/web'],
  lint: ['node_modules/eslint/bin/eslint.js', '.', ...cache('eslint')],
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '.', ...cache('prettier')],
  rooms: [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...['--config', '.dependency-cruiser.cjs', 'src', 'migrations', 'ormconfig.ts'],
  ],
};

const results = await Promise.all(Object.entries(checks).map(run));
for (const { name, code, seconds, output } of results) {
  if (code !== 0) console.log(output);
  console.log(`${code === 0 ? 'passed' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
}
process.exitCode = results.every(({ code }) => code === 0) ? 0 : 1;

async function run([name, args]) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { name, code, seconds: (performance.now() - startedAt) / 1_000, output: out + errors };
}
