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
  await wait(Number(grace));
  const home = JSON.parse(text) as ServerHome;
  if (!existsSync(home.directory)) return;
  // A start that is under way holds the lock, and is a user when it lets go of it.
  await withProcessLock(home.lockFile, async () => {
    if (!usersRemain(home)) await stopPostmaster(home, findBinaries(home));
  });
}

/** Whether the owner stops in order; false where it dies. */
async function ownerStops(): Promise<boolean> {
  let said = '';
  for await (const chunk of process.stdin) said += String(chunk);
  return said.includes('\n');
}

// Nobody is left to be told: the next start finds the server and says what is wrong with it.
main().catch(() => process.exit(1));
