import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries';
import { isServerOf, pidFileOf, readPidFile } from './pid-file';
import { describeProcess } from './process-identity';
import { logsOf, runProgram } from './run-program';
import type { ServerHome } from './server-home';
import { boundLog, sizeOf, textSince } from './server-log';
import { lastPort, writeSettings } from './server-settings';
import { asSuperuser } from './superuser';

/** pg_ctl counts in seconds. Recovery after a crash is the longest of what this covers. */
const startMaxS = 60;
const stopMaxS = 30;
/** A server that is found may still be starting or stopping. */
const answerMaxMs = 60_000;
const pollMs = 50;
/** Another program may take the chosen port before PostgreSQL does; five times is not an accident. */
const portTriesMax = 5;

/**
 * The port of the server that runs on a home's cluster, or null if none does.
 *
 * Throws if one runs but does not answer within a minute.
 */
export async function findPostmaster(home: ServerHome, password: string): Promise<number | null> {
  const deadline = Date.now() + answerMaxMs;
  for (;;) {
    const file = readPidFile(home);
    if (!file || !isServerOf(home, file)) return null;
    if (file.port !== null && (await answers(file.port, password))) return file.port;
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${file.pid} should be PostgreSQL but does not answer. If it is another program, ` +
          `remove ${pidFileOf(home)}.${logsOf(home)}`,
      );
    }
    await wait(pollMs);
  }
}

/**
 * Starts the server and returns its port: `port`, or the last port, so that its clients find it
 * again, or a free one if that is taken. Throws with the end of its log.
 */
export async function startPostmaster(
  home: ServerHome,
  binaries: Binaries,
  options: { settings: Record<string, string>; port: number | null },
): Promise<number> {
  removeForeignPidFile(home);
  boundLog(home.serverLog);
  const args = ['start', '-D', home.cluster, '-l', home.serverLog, '-w', '-t', String(startMaxS)];
  for (let attempt = 1; ; attempt++) {
    const wanted = attempt === 1 ? lastPort(home) : 0;
    const port = options.port ?? (await freePort(wanted));
    writeSettings(home, port, options.settings);
    const logStart = sizeOf(home.serverLog);
    try {
      await runProgram(home, binaries, { program: 'pg_ctl', args, timeoutMs: startMaxS * 2_000 });
      return port;
    } catch (error) {
      const isRace = textSince(home.serverLog, logStart).includes('could not bind');
      if (!isRace || options.port !== null || attempt === portTriesMax) throw error;
    }
  }
}

/** The server's process, by which `isAlive` recognises it; an ended one if no server runs. */
export function describePostmaster(home: ServerHome): string {
  return describeProcess(readPidFile(home)?.pid ?? 0);
}

/** Closes every connection, writes all data and waits until the server has gone. */
export async function stopPostmaster(home: ServerHome, binaries: Binaries): Promise<void> {
  const file = readPidFile(home);
  if (!file || !isServerOf(home, file)) return;
  const args = ['stop', '-D', home.cluster, '-m', 'fast', '-w', '-t', String(stopMaxS)];
  try {
    await runProgram(home, binaries, { program: 'pg_ctl', args, timeoutMs: stopMaxS * 2_000 });
  } catch (error) {
    // It may have ended between the check and the call.
    if (isServerOf(home, file)) throw error;
  }
}

/**
 * PostgreSQL refuses to start while its old pid is any living process of its account. If this check
 * is ever wrong, its shared memory, which has the folder's inode, still stops a second server.
 */
function removeForeignPidFile(home: ServerHome): void {
  const file = readPidFile(home);
  if (file && !isServerOf(home, file)) rmSync(pidFileOf(home), { force: true });
}

async function answers(port: number, password: string): Promise<boolean> {
  try {
    await asSuperuser({ port, password }, (client) => client.query('select 1'));
    return true;
  } catch {
    // Starting, stopping or another program's port: the caller looks at the pid file again.
    return false;
  }
}

/** A port that was free a moment ago: the wanted one, if it is. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (wanted === 0) reject(error);
      else freePort(0).then(resolve, reject);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The operating system assigned no port.'));
      });
    });
  });
}
