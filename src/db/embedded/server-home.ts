import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { firstClosed, serverAccount, type ServerAccount } from './server-account';

/** The folder of one embedded server, with the names of its contents. */
export interface ServerHome {
  directory: string;
  /** PostgreSQL's own data directory; it exists only when it is complete. */
  cluster: string;
  /** What the server writes while it runs. */
  serverLog: string;
  /** The output of initdb and pg_ctl at the last start. */
  setupLog: string;
  lockFile: string;
  /** The account that owns all this, or null if it is our own. */
  account: ServerAccount | null;
  relocatedBecause: string | null;
}

/** Decides where the server of a data directory is. It only reads and creates nothing. */
export function chooseHome(dataDir: string): ServerHome {
  const folder = realPathOf(resolve(dataDir));
  const wished = join(folder, 'postgres');
  const account = serverAccount(wished);
  const closed = firstClosed(nearestExisting(folder), account, 'enter');
  if (!account || !closed) return homeAt(wished, account, null);

  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const directory = join(realPathOf(tmpdir()), `daypass-postgres-${hash}`);
  return homeAt(
    directory,
    // Security: not its owner, as above. Anybody may have created a folder with this name here.
    account,
    `PostgreSQL refuses to run as root, and its account (${account.name}) cannot enter ${closed}`,
  );
}

/**
 * Creates the missing folders. Throws if the home belongs to another account: under a temporary
 * folder anybody may have created it, and its data or binaries would be theirs.
 */
export function createHome(home: ServerHome): void {
  const parent = dirname(home.directory);
  if (!existsSync(parent)) {
    mkdirSync(parent, { recursive: true });
    // Whatever the umask: PostgreSQL's account passes through here to its own folder.
    if (home.account) chmodSync(parent, 0o711);
  }
  if (!existsSync(home.directory)) mkdirSync(home.directory, { mode: 0o700 });
  if (process.getuid === undefined) return;

  const found = lstatSync(home.directory);
  const owner = home.account?.uid ?? process.getuid();
  const isOurs = found.uid === owner || found.uid === process.getuid();
  if (!found.isDirectory() || !isOurs) {
    throw new Error(
      `${home.directory} belongs to another account (uid ${found.uid}). Start as the account ` +
        'that started before, or set DAYPASS_DATA_DIR to another folder.',
    );
  }
  giveTo(home, home.directory);
  chmodSync(home.directory, 0o700);
}

/** Gives a file or folder that we created to the account that PostgreSQL runs under. */
export function giveTo(home: ServerHome, path: string): void {
  if (home.account) chownSync(path, home.account.uid, home.account.gid);
}

function homeAt(
  directory: string,
  account: ServerAccount | null,
  relocatedBecause: string | null,
): ServerHome {
  return {
    directory,
    cluster: join(directory, 'cluster'),
    serverLog: join(directory, 'server.log'),
    setupLog: join(directory, 'set-up.log'),
    lockFile: join(directory, 'start.lock'),
    account,
    relocatedBecause,
  };
}

/** The path without symbolic links, even if its last parts do not exist yet. */
function realPathOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realPathOf(dirname(path)), basename(path));
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
