import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSelf, isAlive } from './process-identity';
import { giveTo, type ServerHome } from './server-home';

/** One process's claim on a server: until it leaves or dies, no other process stops it. */
export interface ServerUser {
  leave(): void;
  /** Whether another living process, or another call in this one, still uses the server. */
  othersRemain(): boolean;
}

/** Notes that this process started or adopted the server. Call it with the process lock held. */
export function registerUser(home: ServerHome): ServerUser {
  const folder = usersOf(home);
  mkdirSync(folder, { recursive: true });
  giveTo(home, folder);
  const file = join(folder, randomUUID());
  writeFileSync(file, describeSelf());
  return {
    leave: () => rmSync(file, { force: true }),
    othersRemain: () => livingUsers(folder) > 0,
  };
}

/** Whether any living process uses the server. Call it with the process lock held. */
export function usersRemain(home: ServerHome): boolean {
  return livingUsers(usersOf(home)) > 0;
}

function usersOf(home: ServerHome): string {
  return join(home.directory, 'users');
}

/** Counts the living, and sweeps away what the dead left. */
function livingUsers(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((file) => {
      const alive = isAlive(readFileSync(file, 'utf8'));
      if (!alive) rmSync(file, { force: true });
      return alive;
    }).length;
}
