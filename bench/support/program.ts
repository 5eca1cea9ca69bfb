import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { pause, type Site } from './site';

export const root = path.resolve(__dirname, '../..');

/** A server in a process of its own, on 127.0.0.1. */
export interface RunningProgram {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Long enough for a first start that makes a cluster and seeds the demo on a busy machine. */
const startMaxMs = 120_000;
const stopMaxMs = 20_000;

/** The built service on a database that is there. */
export async function startService(site: Site, databaseUrl: string): Promise<RunningProgram> {
  const service = await startBuilt({
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DAYPASS_LOCAL_ISSUER: 'true',
    LOG_LEVEL: 'warn',
    // One bearer asks here for what thousands do elsewhere; what it spends is counted all the same.
    DAYPASS_COST_BUCKET: '100000000',
    DAYPASS_COST_PER_SECOND: '100000000',
    DAYPASS_MAX_CONNECTIONS: '100000',
  });
  site.hold(service, ({ stop }) => stop());
  await answering(`${service.url}/readyz`, service.child);
  return service;
}

/** The built service's process, with nothing in its environment but what is given. */
export async function startBuilt(
  environment: Record<string, string>,
): Promise<RunningProgram & { child: ChildProcess }> {
  const port = await freePort();
  // For a profile: BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profiles".
  const flags = process.env.BENCH_NODE_FLAGS?.split(' ') ?? [];
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...flags, 'dist/src/main.js'], {
    cwd: root,
    env: { PATH, HOME, PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { child, url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => end(child) };
}

/** One of the baseline's own servers. It tells its port by a message. */
export async function startBaseline(
  site: Site,
  name: string,
  environment: Record<string, string> = {},
): Promise<RunningProgram> {
  const program = path.join(root, 'bench/baseline', `${name}.mjs`);
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  site.hold(child, end);
  const [port] = (await once(child, 'message', { signal: AbortSignal.timeout(startMaxMs) })) as [
    number,
  ];
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => end(child) };
}

/** Resolves when it answers 200; rejects where it ends before. */
export async function answering(
  url: string,
  child: ChildProcess,
  { pollMs = 50, headers = {} }: { pollMs?: number; headers?: Record<string, string> } = {},
): Promise<void> {
  const until = performance.now() + startMaxMs;
  while (performance.now() < until && child.exitCode === null) {
    const response = await fetch(url, { headers }).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await pause(pollMs);
  }
  throw new Error(`${url} does not answer.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const stuck = setTimeout(() => child.kill('SIGKILL'), stopMaxMs);
  await ended;
  clearTimeout(stuck);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
