import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/sources';

interface Part {
  name: string;
  sources: string[];
}

/** An ES module, which jest does not load: a program of its own prints what it exports. */
const print = `import('./scripts/ready/parts.mjs').then(({ parts }) => console.log(JSON.stringify(parts)))`;
const parts = JSON.parse(
  execFileSync(process.execPath, ['-e', print], { cwd: root, encoding: 'utf8' }),
) as Part[];

const isIn = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);

/** The file that a relative import means; null for a package. */
function fileOf(from: string, name: string): string | null {
  if (!name.startsWith('.')) return null;
  const base = path.join(path.dirname(from), name);
  const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];
  const isFile = (file: string) => existsSync(file) && statSync(file).isFile();
  return endings.map((ending) => base + ending).find(isFile) ?? null;
}

/** All our files that the bundle of an entry contains. */
function filesOf(entry: string): string[] {
  const found = new Set<string>([path.join(root, entry)]);
  for (const file of found) {
    if (!/\.tsx?$/.test(file)) continue;
    const imports = readFileSync(file, 'utf8').matchAll(
      /^import type .*|(?:from|import|import\() ?'([^']+)'/gm,
    );
    for (const [, name] of imports) {
      const next = name === undefined ? null : fileOf(file, name);
      if (next) found.add(next);
    }
  }
  return [...found].map((file) => path.relative(root, file));
}

test('each source of a part exists', () => {
  const lost = parts
    .flatMap(({ sources }) => sources)
    .filter((source) => !source.includes('generated'))
    .filter((source) => !existsSync(path.join(root, source)));
  expect(lost).toEqual([]);
});

test.each([
  ['gate', 'src/web/gate/day-pass-gate.ts'],
  ['pages', 'src/web/app/main.tsx'],
])('%s is built again after a change of any file that it contains', (name, entry) => {
  const { sources } = parts.find((part) => part.name === name)!;
  const files = filesOf(entry);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !sources.some((source) => isIn(file, source)))).toEqual([]);
});
