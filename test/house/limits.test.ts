import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig, type Limits } from '../../src/core/config';

const doc = readFileSync(path.resolve(__dirname, '../../docs/limits.md'), 'utf8');
/** Rows of the table of limits: default and variable stand side by side. */
const rows = [...doc.matchAll(/^\| [^|]+ \| (\d+) \| `(DAYPASS_\w+)` \|/gm)].map(
  ([, byDefault = '', variable = '']) => ({ byDefault: Number(byDefault), variable }),
);

test('docs/limits.md lists every limit with its default and its variable', () => {
  const { limits } = readConfig({});
  const listed = rows.map(({ byDefault, variable }) => {
    const set = readConfig({ [variable]: String(byDefault + 1) }).limits;
    const names = Object.keys(limits) as (keyof Limits)[];
    const moved = names.filter((name) => set[name] !== limits[name]);
    expect([variable, moved.length]).toEqual([variable, 1]);
    expect([variable, limits[moved[0]!]]).toEqual([variable, byDefault]);
    return moved[0]!;
  });
  expect(listed.sort()).toEqual(Object.keys(limits).sort());
});
