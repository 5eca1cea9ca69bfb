import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { read } from './files.mjs';
import { npm } from './programs.mjs';

const stampOf = (root) => join(root, 'node_modules', '.ready-stamp');
const hiddenLockOf = (root) => join(root, 'node_modules', '.package-lock.json');

/** By our own stamp; or, if somebody ran npm by hand, by npm's own record. */
export function isInstalled(root) {
  return read(stampOf(root)) === installationHash(root) || holdsTheLockedPackages(root);
}

export async function install(root, note) {
  console.log('Installing dependencies (npm ci) …');
  // npm writes the hidden lock last. We delete it before the first change, so that a killed npm is
  // noticed.
  for (const proof of [stampOf(root), hiddenLockOf(root)]) fs.rmSync(proof, { force: true });
  // Development tools even with NODE_ENV=production: the build needs them. No package needs its
  // install script, and none may run one.
  await npm(root, ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'], note);
  fs.mkdirSync(dirname(stampOf(root)), { recursive: true });
  fs.writeFileSync(stampOf(root), installationHash(root));
}

function installationHash(root) {
  const hash = createHash('sha256');
  for (const file of [join(root, 'package-lock.json'), hiddenLockOf(root)])
    hash.update(`${read(file)}\0`);
  return hash.digest('hex');
}

function holdsTheLockedPackages(root) {
  const installed = JSON.parse(read(hiddenLockOf(root)) ?? '{}').packages;
  const locked = JSON.parse(read(join(root, 'package-lock.json')) ?? '{}').packages ?? {};
  if (!installed) return false;
  const allThere = Object.entries(locked).every(([path, wanted]) => {
    const found = installed[path];
    if (!found) return path === '' || (wanted.optional && !isForThisMachine(wanted));
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
  // A package that should not be there may hide the right version from a package above it.
  return (
    allThere && Object.keys(installed).every((path) => path in locked || installed[path].extraneous)
  );
}

/** Whether an optional package must be here. Those that also choose a C library are not judged. */
function isForThisMachine({ os, cpu, libc }) {
  return Boolean(os && cpu && !libc && os.includes(process.platform) && cpu.includes(process.arch));
}
