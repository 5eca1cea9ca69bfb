import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The passwords of a cluster's two roles: its superuser, and the one the service uses. */
export interface Passwords {
  superuser: string;
  daypass: string;
}

/** Kept inside the cluster's folder, so that the two are moved, copied and restored together. */
export const passwordsFile = 'daypass.passwords.json';

export function generatePasswords(): Passwords {
  // Hexadecimal, so that they need no quoting in a URL or in SQL.
  const secret = () => randomBytes(24).toString('hex');
  return { superuser: secret(), daypass: secret() };
}

/** The passwords of a cluster, or null if it has none. */
export function readPasswords(cluster: string): Passwords | null {
  const path = join(cluster, passwordsFile);
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')) as Passwords;
}

/** Writes a file that only its owner (and root) can read; returns its path. */
export function writeSecret(path: string, content: string): string {
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}
