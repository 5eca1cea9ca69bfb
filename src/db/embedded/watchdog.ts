import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ServerHome } from './server-home';

/** How long an orphaned server waits for a new owner, as a supervisor starts one at once. */
const graceMs = 1_000;
const shell = '/bin/sh';
/**
 * A line means that the owner has stopped in order. The end of the pipe without one means that it
 * was killed (SIGKILL, out of memory).
 */
const waitForOwner = 'read -r line && exit 0; exec "$@"';

/** Exists while a server has an owner in this process. */
export interface Watchdog {
  /** The owner has released the server in the normal way. */
  end(): void;
}

/**
 * Starts the process that stops a home's server if this process dies and no other uses the server.
 * It waits in a shell, which needs one megabyte and no CPU time, and becomes Node only when it has
 * to act. If there is no shell, it waits in Node.
 *
 * It is in a process group of its own, so that Ctrl-C and a supervisor's signal do not reach it. A
 * server whose watchdog could not be started works too: the next start adopts it.
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
