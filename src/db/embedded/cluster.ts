import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import {
  generatePasswords,
  type Passwords,
  passwordsFile,
  readPasswords,
  writeSecret,
} from './passwords';
import { runProgram } from './run-program';
import { giveTo, type ServerHome } from './server-home';
import { settingsFile } from './server-settings';

/** initdb takes about a second; a loaded machine may need much longer. */
const initdbMaxMs = 60_000;
const draftPrefix = 'unfinished-';

/**
 * Creates the cluster if it does not exist, and returns its passwords. A cluster is built under another
 * name and renamed when it is complete: an incomplete one is never taken for a complete one, and a
 * complete one is never deleted.
 *
 * Throws if the cluster is of another major version, or its passwords are lost.
 */
export async function prepareCluster(home: ServerHome, binaries: Binaries): Promise<Passwords> {
  if (!existsSync(home.cluster)) return createCluster(home, binaries);
  refuseOtherVersion(home, binaries);
  const passwords = readPasswords(home.cluster);
  if (passwords) return passwords;
  throw new Error(
    `${join(home.cluster, passwordsFile)} is missing, and nobody can log in without it. ` +
      `Restore it, or move ${home.cluster} away to start with empty data.`,
  );
}

async function createCluster(home: ServerHome, binaries: Binaries): Promise<Passwords> {
  removeUnfinished(home);
  const passwords = generatePasswords();
  // A new name each time: the initdb of a killed start may still be writing to its folder.
  const draft = join(home.directory, `${draftPrefix}${randomUUID()}`);
  const superuserFile = writeSecret(`${draft}.password`, passwords.superuser);
  giveTo(home, superuserFile);
  const args = [
    ...['--pgdata', draft, '--username', 'postgres', '--pwfile', superuserFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
    // The loss of an empty cluster does not matter; the server that runs on it syncs as PostgreSQL
    // does.
    '--no-sync',
  ];
  await runProgram(home, binaries, { program: 'initdb', args, timeoutMs: initdbMaxMs });
  rmSync(superuserFile);
  appendFileSync(join(draft, 'postgresql.conf'), `\ninclude_if_exists '${settingsFile}'\n`);
  giveTo(home, writeSecret(join(draft, passwordsFile), JSON.stringify(passwords)));
  renameSync(draft, home.cluster);
  return passwords;
}

function removeUnfinished(home: ServerHome): void {
  for (const name of readdirSync(home.directory)) {
    if (!name.startsWith(draftPrefix)) continue;
    rmSync(join(home.directory, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function refuseOtherVersion(home: ServerHome, binaries: Binaries): void {
  const version = readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === binaries.majorVersion) return;
  throw new Error(
    `The data in ${home.cluster} was written by PostgreSQL ${version}; this release brings ` +
      `PostgreSQL ${binaries.majorVersion}. Export it with the release that wrote it, or set ` +
      'DATABASE_URL to your own server. To start with empty data, move the folder away.',
  );
}
