import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, sourceFiles } from '../support/sources';

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const load = createRequire(__filename);
const patternsOf = (name: string) =>
  (load(path.join(root, name)) as { testMatch: string[] }).testMatch;

test('npm test runs every test file that npm run test:house does not run', () => {
  expect(scripts.test).toBe('jest --config jest.product.cjs');
  expect(scripts['test:house']).toBe('jest --config jest.house.cjs');
  const ofHouse = patternsOf('jest.house.cjs');
  expect(patternsOf('jest.product.cjs')).toEqual([
    '<rootDir>/test/**/*.test.ts',
    ...ofHouse.map((pattern) => `!${pattern}`),
  ]);
  const folders = ofHouse.map(
    (pattern) => /^<rootDir>\/(test\/\w+\/)\*\*\/\*\.test\.ts$/.exec(pattern)![1]!,
  );
  const files = sourceFiles('test')
    .map(({ path: file }) => file)
    .filter((file) => file.endsWith('.test.ts'));
  for (const folder of folders) {
    expect([folder, files.some((file) => file.startsWith(folder))]).toEqual([folder, true]);
  }
});

test('CI runs both, and counts the results of both', () => {
  const runs = [...read('.ci/run').matchAll(/^tests (\S+)/gm)].map(([, script]) => script);
  expect(runs).toEqual(expect.arrayContaining(['test', 'test:house']));
});
