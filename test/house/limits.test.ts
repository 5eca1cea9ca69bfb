import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfig, type Config } from '../../src/core/config';

const doc = readFileSync(path.resolve(__dirname, '../../docs/limits.md'), 'utf8');
/** Rows of the table of waits: the default follows the variable. */
const waits = [...doc.matchAll(/`(DAYPASS_\w+)` \((\d+)\)/g)].map(
  ([, variable = '', byDefault = '']) => ({ byDefault: Number(byDefault), variable }),
);
/** Rows of the table of limits: default and variable stand side by side. */
const rows = [...doc.matchAll(/^\| [^|]+ \| (\d+) \| `(DAYPASS_\w+)` \|/gm)].map(
  ([, byDefault = '', variable = '']) => ({ byDefault: Number(byDefault), variable }),
);

test.each([
  ['limit', rows, (config: Config) => ({ ...config.limits })],
  ['wait', waits, (config: Config) => ({ ...config.waits })],
])('docs/limits.md lists every %s with its default and its variable', (_, listed, valuesOf) => {
  const defaults: Record<string, number> = valuesOf(readConfig({}));
  const named = listed.map(({ byDefault, variable }) => {
    const set: Record<string, number> = valuesOf(readConfig({ [variable]: String(byDefault + 1) }));
    const moved = Object.keys(defaults).filter((name) => set[name] !== defaults[name]);
    expect([variable, moved.length]).toEqual([variable, 1]);
    expect([variable, defaults[moved[0]!]]).toEqual([variable, byDefault]);
    return moved[0]!;
  });
  expect(named.sort()).toEqual(Object.keys(defaults).sort());
});
