import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { findBinaries } from './binaries';
import { stopPostmaster } from './postmaster';
import { withProcessLock } from './process-lock';
import type { ServerHome } from './server-home';
import { usersRemain } from './server-users';

/*
 * What a watchdog does when its owner has died: `end-orphan <home> <grace ms> [--wait]`. With `--wait` it
 * first waits for that itself.
 */
async function main(): Promise<void> {
  const [text = '', grace, how] = process.argv.slice(2);
  if (how === '--wait' && (await ownerStops())) return;
  const home = JSON.parse(text) as ServerHome;
  for (let leftMs = Number(grace); ; leftMs -= lookEveryMs) {
    if (!existsSync(home.directory) || (await isSettled(home, leftMs <= 0))) return;
    await wait(Math.min(lookEveryMs, leftMs));
  }
}

/** A server that another process has adopted is no longer an orphan. */
const lookEveryMs = 250;

/** A start that is running holds the lock, and is a user when it releases it. */
function isSettled(home: ServerHome, isGraceOver: boolean): Promise<boolean> {
  return withProcessLock(home.lockFile, async () => {
    if (usersRemain(home)) return true;
    if (isGraceOver) await stopPostmaster(home, findBinaries(home));
    return isGraceOver;
  });
}

/** Whether the owner stops in order; false if it dies. */
async function ownerStops(): Promise<boolean> {
  let said = '';
  for await (const chunk of process.stdin) said += String(chunk);
  return said.includes('\n');
}

// Nobody is there to receive an error: the next start finds the server and reports what is wrong
// with it.
main().catch(() => process.exit(1));
