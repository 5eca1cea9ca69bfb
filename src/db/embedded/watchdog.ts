import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ServerHome } from './server-home';

/** How long an orphaned server waits for a new owner, as a supervisor starts one at once. */
const graceMs = 1_000;
const shell = '/bin/sh';
/**
 * A line means that the owner has stopped in order. The end of the pipe without one means that it has
 * died, of SIGKILL or of memory, and took the other end with it.
 */
const waitForOwner = 'read -r line && exit 0; exec "$@"';

/** Stands by for as long as a server has an owner in this process. */
export interface Watchdog {
  /** The owner has let go of the server in order. */
  end(): void;
}

/**
 * Starts the process that ends a home's server if this process dies and no other uses the server. It
 * waits in a shell, which takes a megabyte and no time, and becomes Node only when it has to act. Where
 * there is no shell it waits in Node.
 *
 * It is in no process group of ours, so that Ctrl-C and a supervisor's signal leave it alone. A server
 * whose watchdog could not be started runs as well: the next start adopts it, as ever.
 */
export function startWatchdog(home: ServerHome, orphanGraceMs = graceMs): Watchdog {
  const program = require.resolve('./end-orphan');
  const isSource = path.extname(program) === '.ts';
  const act = [
    process.execPath,
    ...(isSource ? ['-r', require.resolve('@swc-node/register')] : []),
    ...[program, JSON.stringify(home), String(orphanGraceMs)],
  ];
  const [command = '', ...args] = existsSync(shell)
    ? [shell, '-c', waitForOwner, 'daypass-watchdog', ...act]
    : [...act, '--wait'];
  const child = spawn(command, args, {
    // A folder that stays: ours may be removed.
    cwd: isSource ? process.cwd() : path.parse(process.execPath).root,
    // Options of the owner's Node, as a debugger's port, are not for this one.
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.unref();
  // Of a pipe; the types know it as a stream only.
  (child.stdin as typeof child.stdin & { unref?(): void }).unref?.();
  return { end: () => void child.stdin.end('stopped\n') };
}
