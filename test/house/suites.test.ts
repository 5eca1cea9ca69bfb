import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, sourceFiles } from '../support/sources';

const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** The files that a script of package.json runs, as jest itself finds them. */
function filesOf(script: string): string[] {
  const [, config] = /^jest --config (\S+)$/.exec(scripts[script]!)!;
  const jest = ['node_modules/jest/bin/jest.js', '--config', config!, '--listTests', '--json'];
  const listed = execFileSync(process.execPath, jest, { cwd: root, encoding: 'utf8' });
  return (JSON.parse(listed) as string[]).map((file) =>
    path.relative(root, file).split(path.sep).join('/'),
  );
}

test('npm test and npm run test:house run each test file once', () => {
  const [product, house] = [filesOf('test'), filesOf('test:house')];
  const all = sourceFiles('test').map(({ path: file }) => file);
  expect([...product, ...house].sort()).toEqual(
    all.filter((file) => file.endsWith('.test.ts')).sort(),
  );
  expect(house).toContain('test/house/suites.test.ts');
  expect(product).toContain('test/story/story.test.ts');
});

test('CI runs both, and counts the results of both', () => {
  const runs = [...read('.ci/run').matchAll(/^tests (\S+)/gm)].map(([, script]) => script);
  expect(runs).toEqual(expect.arrayContaining(['test', 'test:house']));
});
