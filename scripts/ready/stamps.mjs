import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { read } from './files.mjs';

/** Beside the built files: if `dist` is deleted, so are the stamps. */
const folder = 'dist/.stamps';

/** Whether the part was built from the sources as they are, and what it made is unchanged. */
export function isFresh(root, part) {
  return read(stampOf(root, part)) === `${sourcesHash(root, part)} ${madeHash(root, part)}`;
}

/** Builds a part and stamps it. A part that fails has no stamp. */
export async function buildStamped(root, part, build) {
  // Taken before the build: a file that is edited meanwhile is built by the next start.
  const sources = sourcesHash(root, part);
  fs.rmSync(stampOf(root, part), { force: true });
  await build();
  fs.mkdirSync(dirname(stampOf(root, part)), { recursive: true });
  fs.writeFileSync(stampOf(root, part), `${sources} ${madeHash(root, part)}`);
}

const stampOf = (root, { name }) => join(root, folder, name);

function sourcesHash(root, { sources, isSource = () => true, program }) {
  const paths = sources.flatMap((path) => filesOf(root, path)).filter(isSource);
  // The program, and the packages that it runs on.
  return hashOf(root, ['package-lock.json', ...paths], program.join(' '));
}

function madeHash(root, { makes }) {
  return hashOf(root, makes);
}

function hashOf(root, paths, words = '') {
  const hash = createHash('sha256').update(words);
  for (const path of paths) hash.update(`\0${path}\0${read(join(root, path))}`);
  return hash.digest('hex');
}

/** A file, or all files under a folder, sorted, with `/` on every system; nothing if missing. */
function filesOf(root, path) {
  const found = fs.statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = fs.readdirSync(join(root, path)).sort();
  return names
    .filter((name) => name !== 'generated' && name !== 'node_modules')
    .flatMap((name) => filesOf(root, `${path}/${name}`));
}
