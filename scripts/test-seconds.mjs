/**
 * Runs every test and writes how many seconds each file takes, for the order in which they start:
 * `npm run test:seconds`. With the file of a run (`jest --json --outputFile=…`) as argument, it
 * reads that one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const target = path.join('test', 'support', 'jest', 'seconds.json');
/** Quicker files start in any order. */
const leastSeconds = 3;

const folder = mkdtempSync(path.join(tmpdir(), 'daypass-seconds-'));
const given = process.argv[2];
const results = given ?? path.join(folder, 'results.json');
if (!given) {
  const jest = path.join('node_modules', 'jest', 'bin', 'jest.js');
  spawnSync(process.execPath, [jest, '--json', `--outputFile=${results}`], { stdio: 'inherit' });
}
const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
const seconds = testResults
  .map(({ name, startTime, endTime }) => [
    name.split(path.sep).slice(-2).join('/').replace('.test.ts', ''),
    Math.round((endTime - startTime) / 1_000),
  ])
  .filter(([, taken]) => taken >= leastSeconds)
  .sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(target, `${JSON.stringify(Object.fromEntries(seconds), null, 2)}\n`);
rmSync(folder, { recursive: true, force: true });
