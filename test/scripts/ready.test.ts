import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hangMs } from '../support/patience';

const installing = 'Installing dependencies (npm ci) …\n';
const building = 'Building: one …\nBuilding: two …\n';
const waiting = 'Waiting for another start to get ready …\n';

/** A clone of a tiny project: the real script, and two parts whose build notes each run. */
let clone: string;
let children: ChildProcess[];
const at = (path: string) => join(clone, path);

beforeEach(() => {
  children = [];
  clone = mkdtempSync(join(tmpdir(), 'daypass-ready-test-'));
  for (const folder of ['scripts', 'src', 'src/two', 'src/generated', 'fake'])
    mkdirSync(at(folder));
  const scripts = join(__dirname, '../../scripts');
  copyFileSync(join(scripts, 'ready.mjs'), at('scripts/ready.mjs'));
  cpSync(join(scripts, 'ready'), at('scripts/ready'), { recursive: true });
  writeFileSync(at('scripts/ready/parts.mjs'), parts);
  writeJson('package.json', { name: 'tiny', version: '1.0.0' });
  writePackages({});
  writeFileSync(at('src/main.ts'), 'one');
  writeFileSync(at('src/two/main.ts'), 'one');
  writeFileSync(at('build.cjs'), build);
  writeFileSync(at('fake/npm-cli.js'), fakeNpm);
  writeFileSync(at('go'), '');
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true });
});

describe('with the real npm', () => {
  test('a fresh clone is installed and built, in production too; after that nothing is printed', async () => {
    const env = { NODE_ENV: 'production', npm_execpath: undefined };
    expect(await start(env)).toEqual({ code: 0, output: installing + building });
    expect(lines('builds')).toEqual(['one', 'two']);
    expect(await start(env)).toEqual({ code: 0, output: '' });
    expect(existsSync(at('.ready.lock'))).toBe(false);
  });

  test('of two starts at once one does the work and the other waits', async () => {
    const env = { npm_execpath: undefined };
    const ends = await Promise.all([start(env), start(env)]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    const outputs = ends.map(({ output }) => output).sort();
    expect(outputs).toEqual([installing + building, waiting]);
    expect(lines('builds')).toEqual(['one', 'two']);
  });
});

describe('what was done is done again only if', () => {
  beforeEach(async () => {
    await start();
    rmSync(at('npm-runs'));
  });

  test('a source of that part has changed', async () => {
    writeFileSync(at('src/two/main.ts'), 'two');
    expect(await start()).toEqual({ code: 0, output: 'Building: two …\n' });
    writeFileSync(at('src/main.ts'), 'two');
    expect(await start()).toEqual({ code: 0, output: 'Building: one …\n' });
    writeFileSync(at('src/generated/types.ts'), 'what a build makes');
    expect(await start()).toEqual({ code: 0, output: '' });
  });

  test('an output of a part has changed or is missing', async () => {
    writeFileSync(at('dist/two'), 'edited');
    expect(await start()).toEqual({ code: 0, output: 'Building: two …\n' });
    rmSync(at('dist/one'));
    expect(await start()).toEqual({ code: 0, output: 'Building: one …\n' });
  });

  test('it is asked for, with the parts that it needs', async () => {
    writeFileSync(at('src/main.ts'), 'two');
    writeFileSync(at('src/two/main.ts'), 'two');
    expect(await start({}, { args: ['one'] })).toEqual({ code: 0, output: 'Building: one …\n' });
    writeFileSync(at('src/main.ts'), 'three');
    expect(await start({}, { args: ['two'] })).toEqual({ code: 0, output: building });
    const { code, output } = await start({}, { args: ['three'] });
    expect({ code, output }).toEqual({ code: 1, output: 'There is no part three to build.\n' });
  });

  test('the packages have changed', async () => {
    writePackages({ 'node_modules/a': { version: '2.0.0' } });
    expect(await start()).toEqual({ code: 0, output: installing + building });
    rmSync(at('node_modules'), { recursive: true });
    expect(await start()).toEqual({ code: 0, output: installing });
  });
});

describe('an installation by hand', () => {
  const here = { optional: true, os: [process.platform], cpu: [process.arch] };
  const elsewhere = { optional: true, os: ['plan9'], cpu: ['mips'] };
  const a = { version: '1.0.0', integrity: 'sha512-a' };

  test.each([
    ['is used as it is', { a }, { a }, building],
    ['may lack packages of other machines', { a, b: { ...a, ...elsewhere } }, { a }, building],
    ['may not lack those of this one', { a, b: { ...a, ...here } }, { a }, installing + building],
    ['may not lack what is needed', { a, b: a }, { a }, installing + building],
    ['may not differ', { a }, { a: { ...a, integrity: 'sha512-b' } }, installing + building],
    ['may not hold more', { a }, { a, b: a }, installing + building],
    ['may hold what was added for a try', { a }, { a, b: { ...a, extraneous: true } }, building],
  ])('%s', async (_fact, locked, installed, output) => {
    const paths = (packages: object) =>
      Object.fromEntries(
        Object.entries(packages).map(([name, value]) => [`node_modules/${name}`, value]),
      );
    writePackages(paths(locked));
    mkdirSync(at('node_modules'));
    writeJson('node_modules/.package-lock.json', { packages: paths(installed) });
    expect(await start()).toEqual({ code: 0, output });
  });
});

describe('kill -9 during an installation', () => {
  beforeEach(() => rmSync(at('go')));

  test('of the script and npm: the next start installs again', async () => {
    const { script, npmPid } = await startAndHang();
    script.kill('SIGKILL');
    process.kill(npmPid, 'SIGKILL');
    await ended(script);
    writeFileSync(at('go'), '');
    const { code, output } = await start();
    expect(code).toBe(0);
    // It may find npm still dying.
    expect(output.replace(waiting, '')).toBe(installing + building);
    expect(lines('npm-runs')).toEqual(['ci', 'ci']);
  });

  test('of the script only: the next start waits for the npm that still runs', async () => {
    const { script } = await startAndHang();
    script.kill('SIGKILL');
    await ended(script);
    const onOutput = (output: string) => {
      if (output === waiting) writeFileSync(at('go'), '');
    };
    const next = start({}, { onOutput });
    expect(await next).toEqual({ code: 0, output: waiting + building });
    expect(lines('npm-runs')).toEqual(['ci']);
  });
});

test('a step that fails reports why, and is tried again', async () => {
  writeFileSync(at('build.cjs'), "throw new Error('a type is wrong');");
  const failed = await start();
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('a type is wrong');
  expect(failed.output).toContain('"build.cjs one" ended with 1');
  writeFileSync(at('build.cjs'), build);
  expect(await start()).toEqual({ code: 0, output: building });
});

test('an old Node gets a message that names the version to use', async () => {
  writeFileSync(
    at('old.cjs'),
    "Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } });",
  );
  const { code, output } = await start({ NODE_OPTIONS: `--require ${at('old.cjs')}` });
  expect(code).toBe(1);
  expect(output).toContain('Daypass needs Node 20.19 or newer; this is 20.18.3');
});

const parts = `
  const program = (name) => ['build.cjs', name];
  export const parts = [
    {
      name: 'one',
      sources: ['src'],
      isSource: (path) => !path.startsWith('src/two/'),
      makes: ['dist/one'],
      program: program('one'),
    },
    { name: 'two', needs: ['one'], sources: ['src/two'], makes: ['dist/two'], program: program('two') },
  ];
`;

const build = `
  const fs = require('node:fs');
  fs.appendFileSync('builds', process.argv[2] + '\\n');
  fs.mkdirSync('dist', { recursive: true });
  fs.writeFileSync('dist/' + process.argv[2], 'made');
`;

/** Replaces npm if a test must stop it in the middle: it continues once the file `go` exists. */
const fakeNpm = `
  const fs = require('node:fs');
  const verb = process.argv[2];
  fs.appendFileSync('npm-runs', verb + '\\n');
  if (verb === 'ci') {
    fs.rmSync('node_modules', { recursive: true, force: true });
    fs.mkdirSync('node_modules/half', { recursive: true });
  }
  const finish = () => {
    if (!fs.existsSync('go')) return setTimeout(finish, 5);
    if (verb === 'ci') fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
  };
  finish();
`;

function writeJson(path: string, content: object): void {
  writeFileSync(at(path), JSON.stringify(content));
}

function writePackages(packages: object): void {
  const all = { '': { name: 'tiny', version: '1.0.0' }, ...packages };
  writeJson('package-lock.json', { name: 'tiny', lockfileVersion: 3, packages: all });
}

function lines(path: string): string[] {
  return readFileSync(at(path), 'utf8').trimEnd().split('\n');
}

function spawnScript(env: NodeJS.ProcessEnv, args: string[] = []): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_/i.test(name));
  const child = spawn(process.execPath, [at('scripts/ready.mjs'), ...args], {
    env: { ...Object.fromEntries(inherited), npm_execpath: at('fake/npm-cli.js'), ...env },
  });
  children.push(child);
  return child;
}

/** Runs the script to its end; with the fake npm unless `env` says otherwise. */
async function start(
  env: NodeJS.ProcessEnv = {},
  { args = [], onOutput = () => {} }: { args?: string[]; onOutput?: (soFar: string) => void } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawnScript(env, args);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => onOutput((output += text)));
  }
  return { code: await ended(child, 'close'), output };
}

/** Starts the script and waits until its npm has begun. */
async function startAndHang(): Promise<{ script: ChildProcess; npmPid: number }> {
  const script = spawnScript({});
  const lock = () => (existsSync(at('.ready.lock')) ? readFileSync(at('.ready.lock'), 'utf8') : '');
  // The lock names the script and then its npm.
  const npmPid = () => Number(lock().split(' ')[2]?.split(':')[0]);
  const deadline = Date.now() + hangMs;
  while (!npmPid() || !existsSync(at('node_modules/half'))) {
    if (Date.now() > deadline) throw new Error('npm did not begin in time.');
    await wait(5);
  }
  return { script, npmPid: npmPid() };
}

function ended(child: ChildProcess, event: 'exit' | 'close' = 'exit'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once(event, resolve));
}
