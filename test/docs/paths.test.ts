import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/sources';

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'examples/README.md',
];

/** `src/access/rights.ts`, `test/web/`; also `api/context.ts`, which is short for a path below src. Media types are no paths. */
const namedPath =
  /(?:`|<code>)(?!application\/|text\/)(\w[\w-]*\/(?:[\w.-]+\/)*(?:[\w-]+|[\w.-]+\.(?:tsx?|[cm]?js|json|sql|graphql|md|yml))?)(?:`|<)/g;
const link = /\]\((?![a-z]+:)([^)#\s]*)(?:#([\w-]+))?\)/g;

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** As GitHub makes the anchor of a heading. */
function anchorsOf(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents)('%s names only paths that exist', (file) => {
  // The history may name files that no longer exist.
  const named = file === 'CHANGELOG.md' ? [] : [...textOf(file).matchAll(namedPath)];
  const lost = named
    .map(([, name]) => name!)
    .filter((name) => !['', 'src'].some((base) => existsSync(path.join(root, base, name))));
  expect(lost).toEqual([]);
});

test.each(documents)('the links of %s lead to files and headings that exist', (file) => {
  const lost = [...textOf(file).matchAll(link)].flatMap(([, target = '', anchor]) => {
    const to = target === '' ? file : path.join(path.dirname(file), target);
    if (!existsSync(path.join(root, to))) return [to];
    return anchor !== undefined && !anchorsOf(to).includes(anchor) ? [`${to}#${anchor}`] : [];
  });
  expect(lost).toEqual([]);
});
