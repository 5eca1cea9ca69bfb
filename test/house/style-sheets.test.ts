import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/sources';

/*
 * The style sheets of pages load when they are needed, and then stay: after a sign-in has ended, those of
 * the dashboard also style the sign-in page.
 */

test('no two style sheets of the pages style the same class', () => {
  const sheets = new Map<string, Set<string>>();
  for (const file of styleSheets()) {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
    for (const name of classesStyledIn(text)) {
      sheets.set(name, (sheets.get(name) ?? new Set()).add(file));
    }
  }
  const shared = [...sheets].filter(([, files]) => files.size > 1);
  expect(shared.map(([name, files]) => `.${name}: ${[...files].sort().join(', ')}`)).toEqual([]);
  expect(sheets.size).toBeGreaterThan(50);
});

function styleSheets(): string[] {
  return readdirSync(path.join(root, 'src/web'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.css'))
    .map((name) => path.posix.join('src/web', name.split(path.sep).join('/')));
}

/** The classes that a sheet styles wherever they are: `.entry`, but not `.table .entry`. */
function classesStyledIn(sheet: string): string[] {
  // What stands in brackets, such as in `:has(a, b)`, is a condition. Brackets within brackets go first.
  let plain = sheet;
  for (let before = ''; before !== plain;) {
    before = plain;
    plain = before.replaceAll(/\([^()]*\)/g, '');
  }
  const selectors = [...plain.matchAll(/([^{};]+)\{/g)].flatMap(([, list]) => list!.split(','));
  return selectors.flatMap((selector) => {
    const found = /^\.([\w-]+)(?:[.[:]\S*)?$/.exec(selector.trim());
    return found ? [found[1]!] : [];
  });
}
