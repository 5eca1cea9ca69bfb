import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { pause, type Site } from './site';

export const root = path.resolve(__dirname, '../..');

/** A server in a separate process, on 127.0.0.1. */
export interface RunningProgram {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export interface RunningService extends RunningProgram {
  /** The longest delay of its event loop since the question before. */
  longestDelayMs(): Promise<number>;
}

const loopDelay = path.join(__dirname, 'loop-delay.cjs');
const collectGarbage = path.join(__dirname, 'collect-garbage.cjs');
/** Long enough for a first start that makes a cluster and seeds the demo on a busy machine. */
const startMaxMs = 120_000;
const stopMaxMs = 20_000;

/** The service on a database that is there: as it is built here, or in another tree. */
export async function startService(
  site: Site,
  databaseUrl: string,
  settings: Record<string, string> = {},
  tree = root,
): Promise<RunningService> {
  const environment = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DAYPASS_LOCAL_ISSUER: 'true',
    LOG_LEVEL: 'warn',
    // Here one bearer token does the work of thousands; its cost is counted even so.
    DAYPASS_COST_BUCKET: '100000000',
    DAYPASS_COST_PER_SECOND: '100000000',
    DAYPASS_MAX_CONNECTIONS: '100000',
    // On a busy machine a measurement is slow; a refusal would end it.
    DAYPASS_CONNECTION_WAIT_MS: '20000',
    DAYPASS_QUEUE_WAIT_MS: '20000',
    ...settings,
  };
  const service = await startBuilt(environment, tree);
  site.hold(service, ({ stop }) => stop());
  await answering(`${service.url}/readyz`, service.child);
  return { ...service, longestDelayMs: () => askLongestDelay(service.child) };
}

async function askLongestDelay(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(startMaxMs) });
  child.send({});
  const [{ longest }] = (await answer) as [{ longest: number }];
  return longest;
}

/** The built service's process, with only the given environment. */
export async function startBuilt(
  environment: Record<string, string>,
  tree = root,
): Promise<RunningProgram & { child: ChildProcess }> {
  const port = await freePort();
  // For a profile: BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=/tmp/profiles".
  const flags = process.env.BENCH_NODE_FLAGS?.split(' ') ?? [];
  const { PATH = '', HOME = '' } = process.env;
  const loaded = [loopDelay, collectGarbage].flatMap((file) => ['--require', file]);
  const child = spawn(process.execPath, [...loaded, ...flags, 'dist/src/main.js'], {
    cwd: tree,
    env: { PATH, HOME, PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { child, url: `http://127.0.0.1:${port}`, pid: child.pid!, stop: () => end(child) };
}

/** A server to compare with. It sends its port as a message. */
export async function startBaseline(
  site: Site,
  name: string,
  environment: Record<string, string> = {},
): Promise<RunningProgram> {
  const program = path.join(root, 'bench', `${name}.mjs`);
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--require', collectGarbage, program], {
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

/** Resolves when it answers 200; rejects if it ends before. */
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
