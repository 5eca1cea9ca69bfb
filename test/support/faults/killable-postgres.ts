import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../src/db/embedded/embedded-postgres';
import { migrate } from '../../../src/db/migrate';
import { loadSecrets } from '../../../src/db/secrets';
import { copyCluster } from '../cluster';
import { createTestFolder } from '../folder';
import { openTcpProxy } from './tcp-proxy';

/** A PostgreSQL of a test's own, to be killed and started again, always at one address. */
export interface KillablePostgres {
  url: string;
  /** Ends the whole server: SIGQUIT is `pg_ctl stop -m immediate`. */
  kill(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  start(): Promise<void>;
  drop(): Promise<void>;
}

export async function openKillablePostgres(
  settings: Record<string, string> = {},
): Promise<KillablePostgres> {
  const folder = createTestFolder();
  await copyCluster(folder.path);
  const options = { dataDir: folder.path, settings: { fsync: 'off', ...settings } };
  const servers: EmbeddedPostgres[] = [await startEmbeddedPostgres(options)];
  const first = servers[0]!;
  const proxy = await openTcpProxy(first.urlOf('daypass'));
  await migrate(proxy.url, async (source) => {
    await loadSecrets(source);
  });
  return {
    url: proxy.url,
    async kill(signal) {
      const pid = Number(readFileSync(pidFileOf(first), 'utf8').split('\n')[0]);
      const group = processesOf(pid);
      process.kill(pid, signal);
      // The processes that it started end when it is gone.
      await ended([pid, ...group]);
    },
    async start() {
      servers.push(await startEmbeddedPostgres(options));
      proxy.aimAt(servers.at(-1)!.urlOf('daypass'));
    },
    async drop() {
      await proxy.close();
      for (const server of servers) await server.stop();
      folder.remove();
    },
  };
}

function pidFileOf({ directory }: EmbeddedPostgres): string {
  const file = [directory, path.join(directory, 'cluster')]
    .map((folder) => path.join(folder, 'postmaster.pid'))
    .find(existsSync);
  if (!file) throw new Error(`No PostgreSQL runs in ${directory}.`);
  return file;
}

/** The processes that this one started; none if there is no /proc. */
function processesOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [];
}

async function ended(pids: readonly number[]): Promise<void> {
  for (let look = 0; look < 600; look += 1) {
    if (!pids.some(isAlive)) return;
    await wait(50);
  }
  throw new Error(`PostgreSQL did not end: ${pids.filter(isAlive).join(', ')}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended and is not waited for yet is dead.
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/\) Z /.test(stat);
  } catch {
    return false;
  }
}
