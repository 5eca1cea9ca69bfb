/**
 * Makes a clone ready to run: installs what package-lock.json names and builds what the sources
 * say, each only if that is not done yet. `npm start` and `npm test` call it first, also on a fresh
 * clone, so it imports nothing but Node's own modules and shares no code with src.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, '.ready.lock');
const installStamp = join(root, 'node_modules', '.ready-stamp');
const hiddenLock = join(root, 'node_modules', '.package-lock.json');
const buildStamp = join(root, 'dist', '.stamp');

/** What a build is made of. Generated code is left out: it is a result. */
const sources = ['src', 'migrations', 'schema', 'ormconfig.ts', 'tsconfig.json', 'codegen.yml'];
/** An installation over a slow network takes minutes; this long nobody waits in earnest. */
const waitMaxMs = 15 * 60_000;
const pollMs = 50;
/** Removing a dead lock takes microseconds; after this its remover has died in the midst of it. */
const clearingMaxMs = 10_000;
/** As much of a failed step's output as is shown, in characters. */
const outputMax = 20_000;

try {
  await ready();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function ready() {
  refuseOldNode();
  // The usual case costs no lock; one that is there may mean a half-made folder.
  if (!fs.existsSync(lockFile) && isInstalled() && isBuilt()) return;
  await withLock(async (note) => {
    if (!isInstalled()) await install(note);
    if (!isBuilt()) await build(note);
  });
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Daypass needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
}

// --- Installing

/** By our own stamp; or, where somebody ran npm by hand, by what npm noted of its work. */
function isInstalled() {
  return read(installStamp) === installationHash() || holdsTheLockedPackages();
}

async function install(note) {
  console.log('Installing dependencies (npm ci) …');
  // npm writes the hidden lock last. Gone before the first change, it tells a killed npm.
  for (const proof of [installStamp, hiddenLock]) fs.rmSync(proof, { force: true });
  // Development tools also where NODE_ENV=production: the build needs them. No package needs its
  // install script, and none is allowed to run one.
  await npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], note);
  fs.mkdirSync(dirname(installStamp), { recursive: true });
  fs.writeFileSync(installStamp, installationHash());
}

function installationHash() {
  const hash = createHash('sha256');
  for (const file of [join(root, 'package-lock.json'), hiddenLock]) hash.update(`${read(file)}\0`);
  return hash.digest('hex');
}

function holdsTheLockedPackages() {
  const installed = JSON.parse(read(hiddenLock) ?? '{}').packages;
  const locked = JSON.parse(read(join(root, 'package-lock.json')) ?? '{}').packages ?? {};
  if (!installed) return false;
  const allThere = Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path];
    if (!found) return path === '' || (wanted.optional && !isForThisMachine(wanted));
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
  // One that is too many may hide the right version from a package above it.
  return (
    allThere && Object.keys(installed).every((path) => path in locked || installed[path].extraneous)
  );
}

/** Whether an optional package must be here. Those that also choose a C library are not judged. */
function isForThisMachine({ os, cpu, libc }) {
  return Boolean(os && cpu && !libc && os.includes(process.platform) && cpu.includes(process.arch));
}

// --- Building

function isBuilt() {
  return read(buildStamp) === sourcesHash();
}

async function build(note) {
  console.log('Building (npm run build:all) …');
  // Taken before: what is edited during the build is built by the next start.
  const hash = sourcesHash();
  fs.rmSync(buildStamp, { force: true });
  await npm(['run', 'build:all'], note);
  fs.mkdirSync(dirname(buildStamp), { recursive: true });
  fs.writeFileSync(buildStamp, hash);
}

function sourcesHash() {
  const operations = filesOf('test').filter((path) => path.endsWith('.graphql'));
  const hash = createHash('sha256');
  for (const path of [...sources.flatMap(filesOf), 'package-lock.json', ...operations]) {
    hash.update(`${path}\0${read(join(root, path))}\0`);
  }
  return hash.digest('hex');
}

/** A file, or all files under a folder, sorted, with `/` on every system; nothing if missing. */
function filesOf(path) {
  const found = fs.statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = fs.readdirSync(join(root, path)).sort();
  return names
    .filter((name) => name !== 'generated' && name !== 'node_modules')
    .flatMap((name) => filesOf(`${path}/${name}`));
}

// --- Running npm

/** Runs npm to its end in silence; where it fails, throws with what it said. */
async function npm(args, note) {
  // Node itself, not the npm command: no shell, and so the same on Windows.
  const child = spawn(process.execPath, [npmProgram(), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  note(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-outputMax)));
  }
  const ending = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  if (ending !== 0) throw new Error(`${output}\n"npm ${args.join(' ')}" ended with ${ending}.`);
}

function npmProgram() {
  const npmOnPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .filter((path) => fs.existsSync(path))
    .map((path) => fs.realpathSync(path));
  const beside = dirname(process.execPath);
  const candidates = [
    // Other package managers set it as well, to themselves.
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...npmOnPath,
  ];
  const found = candidates.find((path) => basename(path) === 'npm-cli.js' && fs.existsSync(path));
  if (found) return found;
  throw new Error(`npm was not found beside ${process.execPath}. Run "npm start", or install npm.`);
}

// --- One at a time

/**
 * Runs `work` while no other start does. The lock names our process, and the npm that we wait for:
 * that one goes on when we are killed, and the next start must not run into it.
 */
async function withLock(work) {
  const deadline = Date.now() + waitMaxMs;
  const ours = `${randomUUID()} ${identityOf(process.pid)}`;
  let told = false;
  while (!tryTake(ours)) {
    if (Date.now() > deadline) throw new Error(`${lockFile} is still held: ${read(lockFile)}.`);
    const holder = read(lockFile);
    if (holder === null) continue;
    if (!isHeld(holder)) clearDead(holder);
    else if (!told) {
      console.log('Waiting for another start to get ready …');
      told = true;
    }
    await wait(pollMs);
  }
  try {
    await work((childPid) => writeWhole(lockFile, `${ours} ${identityOf(childPid)}`));
  } finally {
    if (read(lockFile)?.startsWith(ours)) fs.rmSync(lockFile, { force: true });
  }
}

/** A hard link appears with its content or not at all: nobody ever reads an empty lock. */
function tryTake(ours) {
  if (fs.existsSync(lockFile)) return false;
  const draft = `${lockFile}.${randomUUID()}`;
  fs.writeFileSync(draft, ours);
  try {
    fs.linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Two may find a lock dead at once; the slower must not remove what the faster has since taken. */
function clearDead(dead) {
  const clearing = `${lockFile}.clearing`;
  try {
    fs.mkdirSync(clearing);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const since = fs.statSync(clearing, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > clearingMaxMs) fs.rmSync(clearing, { recursive: true, force: true });
    return;
  }
  if (read(lockFile) === dead) fs.rmSync(lockFile, { force: true });
  fs.rmSync(clearing, { recursive: true, force: true });
}

/** Whether the start that wrote the lock, or the npm that it began, still runs. */
function isHeld(holder) {
  return holder.split(' ').slice(1).some(isRunning);
}

function isRunning(identity) {
  const [pid, start] = identity.split(':');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it is there, and another account's.
    if (error.code !== 'EPERM') return false;
  }
  // Pids come round again; on Linux the time of the start tells two apart.
  return start === '' || identityOf(pid) === identity;
}

/** `<pid>:<start in ticks since boot>`, 'ended' for a zombie; without a start if there is no /proc. */
function identityOf(pid) {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  // The command's name, in parentheses, may hold spaces: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${pid}:${fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')}`;
}

// --- Files

function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ESRCH'].includes(error.code)) return null;
    throw error;
  }
}

/** Replaces a file in one step. */
function writeWhole(path, content) {
  const draft = `${path}.${randomUUID()}`;
  fs.writeFileSync(draft, content);
  fs.renameSync(draft, path);
}
