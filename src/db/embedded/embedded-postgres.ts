import { rmSync } from 'node:fs';
import { findBinaries } from './binaries';
import { prepareCluster } from './cluster';
import { type Passwords, readPasswords } from './passwords';
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster';
import { withProcessLock } from './process-lock';
import { createRolesOnce } from './roles';
import { chooseHome, createHome, type ServerHome } from './server-home';
import { keepLogBounded } from './server-log';
import { registerUser, type ServerUser } from './server-users';

/** A PostgreSQL of our own, made from the binaries that npm ships, on 127.0.0.1 only. */
export interface EmbeddedPostgres {
  /**
   * Connection URL of a database of this server, for the role `daypass`: no superuser, may log in
   * and create databases, owns the database `daypass`.
   */
  urlOf(database: string): string;
  port: number;
  /** True where a server left by an earlier process was found running and taken over. */
  adopted: boolean;
  /** Folder in which the cluster lives. */
  directory: string;
  /**
   * Set where the cluster could not live in the data directory, because PostgreSQL's own account
   * cannot reach it: the reason, for the banner.
   */
  relocatedBecause: string | null;
  /**
   * Fast shutdown; resolves when the server has gone. The server stays up while another living
   * process has started or adopted it too: the last one out turns off the light.
   */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder for everything that must outlive the process; made if missing. */
  dataDir: string;
  /** Server settings over ours and PostgreSQL's; ignored where a running server is adopted. */
  settings?: Record<string, string>;
}

/**
 * Starts the server of a data directory, or adopts the one that is running there. Data is kept
 * between starts.
 *
 * Throws an Error with the last lines of the server's log where it does not come up, and one that
 * says what to do where the cluster is of another PostgreSQL version or account.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = chooseHome(options.dataDir);
  createHome(home);
  // One process at a time looks, makes and starts; whoever waited finds a running server.
  return withProcessLock(home.lockFile, async () => {
    const running = await findRunning(home);
    const server = running ?? (await startServer(home, options.settings ?? {}));
    const user = registerUser(home);
    try {
      await createRolesOnce(home, server);
    } catch (error) {
      await letGo(home, user);
      throw error;
    }
    return describe(home, server, { adopted: running !== null, stop: stopOnce(home, user) });
  });
}

/**
 * The running server of a data directory, as postmaster.pid shows it, or null. Starts nothing, and
 * `stop` of what it returns leaves the server to whoever started it.
 */
export async function findEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | null> {
  const home = chooseHome(dataDir);
  const running = await findRunning(home);
  return running && describe(home, running, { adopted: false, stop: async () => {} });
}

/** A server that answers. */
interface RunningServer {
  port: number;
  passwords: Passwords;
}

async function findRunning(home: ServerHome): Promise<RunningServer | null> {
  const passwords = readPasswords(home.cluster);
  const port = passwords && (await findPostmaster(home, passwords.superuser));
  return port ? { port, passwords } : null;
}

async function startServer(
  home: ServerHome,
  settings: Record<string, string>,
): Promise<RunningServer> {
  rmSync(home.setupLog, { force: true });
  const binaries = findBinaries(home);
  const passwords = await prepareCluster(home, binaries);
  return { port: await startPostmaster(home, binaries, settings), passwords };
}

async function letGo(home: ServerHome, user: ServerUser): Promise<void> {
  user.leave();
  if (!user.othersRemain()) await stopPostmaster(home, findBinaries(home));
}

function stopOnce(home: ServerHome, user: ServerUser): () => Promise<void> {
  const endWatch = keepLogBounded(home.serverLog);
  let stopped: Promise<void> | undefined;
  return () => {
    endWatch();
    return (stopped ??= withProcessLock(home.lockFile, () => letGo(home, user)));
  };
}

function describe(
  home: ServerHome,
  server: RunningServer,
  how: Pick<EmbeddedPostgres, 'adopted' | 'stop'>,
): EmbeddedPostgres {
  const origin = `postgresql://daypass:${server.passwords.daypass}@127.0.0.1:${server.port}`;
  return {
    urlOf: (database) => `${origin}/${encodeURIComponent(database)}`,
    port: server.port,
    directory: home.directory,
    relocatedBecause: home.relocatedBecause,
    ...how,
  };
}
