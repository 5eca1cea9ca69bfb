/**
 * Makes a clone ready to run: installs what package-lock.json names and builds the parts whose
 * sources have changed (scripts/ready/parts.mjs), or only the parts named as arguments; `--stale` lists those to build. `npm start`
 * and `npm test` call it first, also on a fresh clone, so it imports nothing but Node's own modules
 * and shares no code with src.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, isInstalled } from './ready/installation.mjs';
import { isLocked, withLock } from './ready/lock.mjs';
import { parts } from './ready/parts.mjs';
import { run } from './ready/programs.mjs';
import { buildStamped, isFresh } from './ready/stamps.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await ready(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function ready(names) {
  refuseOldNode();
  // For the tests, which build nothing when jest is started directly.
  if (names[0] === '--stale') {
    console.log(parts.flatMap((part) => (isFresh(root, part) ? [] : [part.name])).join(' '));
    return;
  }
  const wanted = chosenParts(names);
  const isReady = () => isInstalled(root) && wanted.every((part) => isFresh(root, part));
  // The usual case costs no lock; one that is there may mean a half-made folder.
  if (!isLocked(root) && isReady()) return;
  await withLock(root, async (note) => {
    if (!isInstalled(root)) await install(root, note);
    for (const part of wanted) {
      if (isFresh(root, part)) continue;
      console.log(`Building: ${part.name} …`);
      await buildStamped(root, part, () => run(root, part.program, { note }));
    }
  });
}

function chosenParts(names) {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')} to build.`);
  if (names.length === 0) return parts;
  const chosen = parts.filter(({ name }) => names.includes(name));
  const needed = chosen.flatMap(({ needs = [] }) => needs);
  return parts.filter((part) => chosen.includes(part) || needed.includes(part.name));
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Daypass needs Node 20.19 or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
}
