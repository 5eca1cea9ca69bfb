import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { requireFresh } from '../support/built';
import { createTestFolder } from '../support/folder';
import { root } from '../support/sources';

/** Prints the modules whose code came from the file, once the program has ended. */
const watch = `
  const vm = require('node:vm');
  const path = require('node:path');
  const used = [];
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      if (this.cachedDataRejected === false) used.push(path.basename(options.filename));
    }
  };
  process.on('exit', () => console.log(JSON.stringify({ used })));
`;

/** What a module can learn of itself; the first line has code, as that of a minified file. */
const part = `const place = () => new Error('here').stack.split('\\n')[1]; exports.place = place();
exports.isMain = require.main === module;
exports.main = require.main.filename;
exports.self = [__filename, __dirname, this === exports, module.id, module.parent.filename];
exports.resolved = [require.resolve('./other'), require.resolve.paths('some')[0]];
exports.loaded = [require('./other'), Object.keys(require.cache).length];
exports.value = 1;
`;

const importing = `exports.imported = import('./other.js').then(({ default: other }) => other);\n`;

const main = `
  const { recordCode, useCodeCache } = require('./src/core/code-cache.js');
  const write = process.argv[2] === 'record' && recordCode();
  useCodeCache();
  const part = require('./part.js');
  require('./importing.js').imported.then((imported) => {
    const used = process.argv.includes('--package') && require('some');
    console.log(JSON.stringify({ ...part, imported, package: used }));
    if (write) write();
  });
`;

let folder: ReturnType<typeof createTestFolder>;
const at = (file: string) => path.join(folder.path, 'dist', file);

beforeAll(() => requireFresh('server'));

/** A built program of three modules, which loads them as the service does. */
beforeEach(() => {
  folder = createTestFolder();
  mkdirSync(at('src/core'), { recursive: true });
  cpSync(path.join(root, 'dist/src/core/code-cache.js'), at('src/core/code-cache.js'));
  writeFileSync(at('watch.js'), watch);
  writeFileSync(at('main.js'), main);
  writeFileSync(at('part.js'), part);
  writeFileSync(at('importing.js'), importing);
  writeFileSync(at('other.js'), `module.exports = 'other';\n`);
});

afterEach(() => folder.remove());

function run(args: string[] = [], flags: string[] = []) {
  const all = [...flags, '--require', at('watch.js'), at('main.js'), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const [exported, watched] = stdout.trimEnd().split('\n');
  return { exported: JSON.parse(exported!), used: JSON.parse(watched!).used as string[] };
}

test('a module that is not compiled again behaves as one that is', () => {
  const compiled = run();
  expect(compiled.used).toEqual([]);
  expect(compiled.exported).toMatchObject({ isMain: false, value: 1, imported: 'other' });
  expect(run(['record']).exported).toEqual(compiled.exported);
  expect(run()).toEqual({ ...compiled, used: ['part.js', 'other.js'] });
});

test('a second build writes all modules again', () => {
  run(['record']);
  run(['record']);
  expect(run().used).toEqual(['part.js', 'other.js']);
});

test('a module that has changed is compiled, even if its length is the same', () => {
  run(['record']);
  writeFileSync(at('part.js'), part.replace('value = 1', 'value = 2'));
  expect(run()).toMatchObject({ exported: { value: 2 }, used: ['other.js'] });
});

describe('the files of modules', () => {
  const packageOf = (...args: string[]) => run([...args, '--package']).exported.package as string;
  const inPackages = (file: string) => at(`../node_modules/${file}`);
  /** The file of the package that is loaded by its name. */
  const setMain = (file: string) =>
    writeFileSync(inPackages('some/package.json'), JSON.stringify({ main: file }));

  beforeEach(() => {
    mkdirSync(inPackages('some'), { recursive: true });
    for (const file of ['first.js', 'second.js']) {
      writeFileSync(inPackages(`some/${file}`), `module.exports = '${file}';\n`);
    }
    setMain('first.js');
    writeFileSync(inPackages('.package-lock.json'), '{"some": 1}');
  });

  test('are not searched at a start if they are those of packages, until npm changes one', () => {
    packageOf('record');
    // Only a change that npm has not made shows that nothing is searched.
    setMain('second.js');
    expect(packageOf()).toBe('first.js');
    writeFileSync(inPackages('.package-lock.json'), '{"some": 2}');
    expect(packageOf()).toBe('second.js');
  });

  test('are searched at each start if they are those of the service', () => {
    run(['record']);
    mkdirSync(at('other'));
    renameSync(at('other.js'), at('other/index.js'));
    writeFileSync(at('importing.js'), importing.replace('./other.js', './other/index.js'));
    expect(run().exported).toMatchObject({ loaded: ['other', expect.any(Number)] });
  });

  test('are searched at each start if npm has not installed them', () => {
    rmSync(inPackages('.package-lock.json'));
    packageOf('record');
    setMain('second.js');
    expect(packageOf()).toBe('second.js');
  });
});

test.each<[string, (file: Buffer) => Buffer]>([
  ['empty', () => Buffer.alloc(0)],
  ['cut off', (file) => file.subarray(0, -1)],
  ['changed in its first byte', (file) => flipped(file, 0)],
  ['changed in the middle', (file) => flipped(file, file.length >> 1)],
  ['changed in its last byte', (file) => flipped(file, file.length - 1)],
])('a file that is %s is not used', (_, damage) => {
  const { exported } = run(['record']);
  writeFileSync(at('.code-cache'), damage(readFileSync(at('.code-cache'))));
  expect(run()).toEqual({ exported, used: [] });
});

test('code of other flags of V8 is not used', () => {
  const { exported } = run(['record'], ['--stack-size=800']);
  expect(run()).toEqual({ exported, used: [] });
});

test('Node maps the places in stack traces to the sources if it is asked to', () => {
  run(['record']);
  expect(run([], ['--enable-source-maps']).used).toEqual([]);
});

test('a start writes nothing, so it does not need the permission', () => {
  const before = readdirSync(at('.'));
  run();
  expect(readdirSync(at('.'))).toEqual(before);
  run(['record']);
  const file = readFileSync(at('.code-cache'));
  run();
  expect(readdirSync(at('.'))).toEqual(['.code-cache', ...before]);
  expect(readFileSync(at('.code-cache'))).toEqual(file);
});

test('the build writes the code of the command line', () => {
  requireFresh('code-cache');
  const { stdout } = spawnSync(
    process.execPath,
    ['--require', at('watch.js'), 'bin/daypass.js', '--help'],
    { cwd: root, encoding: 'utf8' },
  );
  const { used } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as { used: string[] };
  expect(used).toContain('program.js');
});

function flipped(file: Buffer, index: number): Buffer {
  const copy = Buffer.from(file);
  copy[index]! ^= 1;
  return copy;
}
