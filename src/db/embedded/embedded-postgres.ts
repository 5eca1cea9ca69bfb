import { rmSync } from 'node:fs';
import { findBinaries } from './binaries';
import { prepareCluster } from './cluster';
import { type Passwords, readPasswords } from './passwords';
import { describePostmaster, findPostmaster, startPostmaster, stopPostmaster } from './postmaster';
import { isAlive } from './process-identity';
import { withProcessLock } from './process-lock';
import { createRolesOnce } from './roles';
import { chooseHome, createHome, type ServerHome } from './server-home';
import { ServerKeeper } from './server-keeper';
import { keepLogBounded } from './server-log';
import { registerUser, type ServerUser } from './server-users';
import { startWatchdog, type Watchdog } from './watchdog';

/** A PostgreSQL of our own, made from the binaries that npm ships, on 127.0.0.1 only. */
export interface EmbeddedPostgres {
  /**
   * Connection URL of a database of this server, for the role `daypass`: not a superuser, may log
   * in and create databases, owns the database `daypass`.
   */
  urlOf(database: string): string;
  port: number;
  /** True if a server of an earlier process was running and was adopted. */
  adopted: boolean;
  /** Folder in which the cluster lives. */
  directory: string;
  /**
   * Set if the cluster cannot be in the data directory, because PostgreSQL's own account cannot
   * reach it: the reason, for the banner.
   */
  relocatedBecause: string | null;
  /** Whether the server has died and could not be started again several times. Only with `onFailure`. */
  isFailing(): boolean;
  /**
   * Fast shutdown; resolves when the server has gone. The server stays up while another living
   * process uses it too: the last user stops it.
   */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder for everything that must outlive the process; made if missing. */
  dataDir: string;
  /** Server settings over ours and PostgreSQL's; ignored if a running server is adopted. */
  settings?: Record<string, string>;
  /**
   * If given, a server that dies is started again at the same address, until `stop`. Told of each death
   * and of each attempt that failed.
   */
  onFailure?: (error: unknown) => void;
  /** How long the server runs on after this process was killed, for another one to adopt it. */
  orphanGraceMs?: number;
}

/**
 * Starts the server of a data directory, or adopts the one that is running there. Data is kept
 * between starts. If this process is killed and no other process uses the server, a watchdog stops
 * it.
 *
 * Throws an Error with the last lines of the server's log if it does not start, and one that
 * says what to do if the cluster is of another PostgreSQL version or account.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = chooseHome(options.dataDir);
  createHome(home);
  // Before there is a server, so that none is left if this process dies while it starts.
  const watchdog = startWatchdog(home, options.orphanGraceMs);
  try {
    // One process at a time checks, creates and starts; a process that waited finds a running
    // server.
    return await withProcessLock(home.lockFile, async () => {
      const running = await findRunning(home);
      const server = running ?? (await startServer(home, options.settings ?? {}));
      const user = registerUser(home);
      try {
        await createRolesOnce(home, server);
      } catch (error) {
        await release(home, user);
        throw error;
      }
      const keeper =
        options.onFailure && keep(home, server, { ...options, failed: options.onFailure });
      const stop = stopOnce(home, user, { keeper, watchdog });
      const isFailing = () => keeper?.isFailing ?? false;
      return describe(home, server, { adopted: running !== null, stop, isFailing });
    });
  } catch (error) {
    watchdog.end();
    throw error;
  }
}

/** Starts the server again whenever it has died. */
function keep(
  home: ServerHome,
  { port }: RunningServer,
  options: Pick<EmbeddedPostgresOptions, 'settings'> & { failed: (error: unknown) => void },
): ServerKeeper {
  let postmaster = describePostmaster(home);
  const keeper: ServerKeeper = new ServerKeeper({
    isAlive: () => isAlive(postmaster),
    revive: () =>
      withProcessLock(home.lockFile, async () => {
        if (keeper.isEnded) return;
        // Another process that uses it may have been faster.
        const running = await findRunning(home);
        const server = running ?? (await startServer(home, options.settings ?? {}, port));
        if (server.port !== port) {
          throw new Error(
            `The embedded PostgreSQL was restarted on port ${server.port}, but this process ` +
              `still uses port ${port}. Restart this process.`,
          );
        }
        postmaster = describePostmaster(home);
      }),
    failed: options.failed,
  });
  return keeper;
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
  port: number | null = null,
): Promise<RunningServer> {
  rmSync(home.setupLog, { force: true });
  const binaries = findBinaries(home);
  const passwords = await prepareCluster(home, binaries);
  return { port: await startPostmaster(home, binaries, { settings, port }), passwords };
}

async function release(home: ServerHome, user: ServerUser): Promise<void> {
  user.leave();
  if (!user.othersRemain()) await stopPostmaster(home, findBinaries(home));
}

function stopOnce(
  home: ServerHome,
  user: ServerUser,
  { keeper, watchdog }: { keeper: ServerKeeper | undefined; watchdog: Watchdog },
): () => Promise<void> {
  const endWatch = keepLogBounded(home.serverLog);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await keeper?.end();
    await withProcessLock(home.lockFile, () => release(home, user));
    // Last: what is cut short here is finished there.
    watchdog.end();
  };
  return () => {
    endWatch();
    return (stopped ??= stop());
  };
}

function describe(
  home: ServerHome,
  server: RunningServer,
  how: Pick<EmbeddedPostgres, 'adopted' | 'stop' | 'isFailing'>,
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
