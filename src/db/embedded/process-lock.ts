import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describeSelf, isAlive } from './process-identity';

/** A first start creates a cluster in a few seconds; crash recovery may take a minute. */
const waitMaxMs = 120_000;
const pollMs = 25;
/** Clearing a dead lock takes microseconds; after this time its holder has died while doing it. */
const clearingMaxMs = 10_000;

/**
 * Runs `work` while no other process, nor another call in this one, holds the lock file. The lock
 * of a dead process is taken over. Throws if a living process holds it for two minutes.
 */
export async function withProcessLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + waitMaxMs;
  const ours = `${describeSelf()} ${randomUUID()}`;
  for (;;) {
    const holder = contentOf(lockFile);
    if (holder === null) {
      if (tryTake(lockFile, ours)) break;
    } else if (!isAlive(holder)) clearDead(lockFile, holder);
    if (Date.now() > deadline) throw new Error(`${lockFile} is still held by process ${holder}.`);
    if (holder !== null) await wait(pollMs);
  }
  try {
    return await work();
  } finally {
    if (contentOf(lockFile) === ours) rmSync(lockFile, { force: true });
  }
}

/** A hard link appears with its content or not at all: nobody ever reads an empty lock. */
function tryTake(lockFile: string, ours: string): boolean {
  const draft = `${lockFile}.${randomUUID()}`;
  writeFileSync(draft, ours);
  try {
    linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a dead process's lock. Two processes may find it dead at the same time, and the slower
 * one must not remove the new lock of the faster one: so only one at a time checks again and
 * removes it.
 */
function clearDead(lockFile: string, dead: string): void {
  const clearing = `${lockFile}.clearing`;
  try {
    mkdirSync(clearing);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const since = statSync(clearing, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > clearingMaxMs) removeFolder(clearing);
    return;
  }
  try {
    if (contentOf(lockFile) === dead) rmSync(lockFile, { force: true });
  } finally {
    removeFolder(clearing);
  }
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
