import {
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { platform } from 'node:os';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { type PlatformPackage, platformPackage } from './platform-package';
import { firstClosed } from './server-account';
import { giveTo, type ServerHome } from './server-home';

const suffix = platform() === 'win32' ? '.exe' : '';

/** PostgreSQL's programs, usable by the home's account. */
export interface Binaries {
  /** Full path of one of the three programs in the npm package. */
  pathOf(program: 'initdb' | 'pg_ctl' | 'postgres'): string;
  /** Variables that the programs need, to be added to the environment. */
  environment: Record<string, string>;
  majorVersion: string;
}

/**
 * Makes the binaries of this platform usable for the home's account. They run in place if the
 * account can reach them there; node_modules is never written to.
 */
export function findBinaries(home: ServerHome): Binaries {
  const found = platformPackage();
  const program = join(found.native, 'bin', `postgres${suffix}`);
  // A strict umask during installation closes the files even if the folders above them are open.
  const sample = join(found.native, 'share', 'postgresql', 'postgres.bki');
  const isClosed =
    firstClosed(program, home.account, 'enter') ?? firstClosed(sample, home.account, 'read');
  // macOS drops library paths from the environment of every shell, and pg_ctl uses one.
  const mustCopy = isClosed !== null || (platform() === 'darwin' && found.links.length > 0);
  const native = mustCopy ? copyNative(home, found) : found.native;
  // The libraries need each other, and the programs' own search path does not find them.
  const libraries = [join(native, 'lib')];
  if (!mustCopy && found.links.length > 0) libraries.unshift(linkLibraries(home, found));
  return {
    pathOf: (program) => join(native, 'bin', program + suffix),
    environment: platform() === 'linux' ? { LD_LIBRARY_PATH: joinPaths(libraries) } : {},
    majorVersion: found.version.split('.')[0] ?? '',
  };
}

/** The libraries under the names that the programs look for, as links in our own folder. */
function linkLibraries(home: ServerHome, found: PlatformPackage): string {
  const folder = join(home.directory, 'lib');
  mkdirSync(folder, { recursive: true });
  giveTo(home, folder);
  for (const { source, target } of found.links) {
    const link = join(folder, basename(target));
    const library = join(dirname(found.native), source);
    if (linkedTo(link) === library) continue;
    // The clone has moved since, or brings another version.
    rmSync(link, { force: true });
    symlinkSync(library, link);
  }
  return folder;
}

function linkedTo(link: string): string | null {
  return lstatSync(link, { throwIfNoEntry: false }) ? readlinkSync(link) : null;
}

/** A copy that the account can reach, links included; kept for the next start. */
function copyNative(home: ServerHome, found: PlatformPackage): string {
  const copy = join(home.directory, `native-${found.version}`);
  if (existsSync(copy)) return copy;
  for (const name of readdirSync(home.directory)) {
    // Of an earlier version, or cut short.
    if (name.startsWith('native-')) rmSync(join(home.directory, name), { recursive: true });
  }
  const draft = `${copy}.unfinished`;
  cpSync(found.native, draft, { recursive: true, dereference: true });
  for (const { source, target } of found.links) {
    const link = join(draft, relative('native', target));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  giveTo(home, draft);
  for (const inside of readdirSync(draft, { recursive: true, encoding: 'utf8' })) {
    if (home.account) lchownSync(join(draft, inside), home.account.uid, home.account.gid);
  }
  // Renamed when complete: after a crash there is a complete copy or none.
  renameSync(draft, copy);
  return copy;
}

function joinPaths(folders: string[]): string {
  return [...folders, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
}
