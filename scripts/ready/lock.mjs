import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { read, writeWhole } from './files.mjs';

/** An installation over a slow network takes minutes, but never longer than this. */
const waitMaxMs = 15 * 60_000;
const pollMs = 50;
/** Removing a dead lock takes microseconds; after this time its remover has died while doing it. */
const clearingMaxMs = 10_000;

const lockOf = (root) => join(root, '.ready.lock');

/** Whether another start works, or has died at its work. */
export const isLocked = (root) => fs.existsSync(lockOf(root));

/**
 * Runs `work` while no other start does. The lock names our process and its npm: npm continues if
 * we are killed, and the next start must not run at the same time.
 */
export async function withLock(root, work) {
  const lockFile = lockOf(root);
  const deadline = Date.now() + waitMaxMs;
  const ours = `${randomUUID()} ${identityOf(process.pid)}`;
  let told = false;
  while (!tryTake(lockFile, ours)) {
    if (Date.now() > deadline) throw new Error(`${lockFile} is still held: ${read(lockFile)}.`);
    const holder = read(lockFile);
    if (holder === null) continue;
    if (!isHeld(holder)) clearDead(lockFile, holder);
    else if (!told) {
      console.log('Waiting for another start to get ready …');
      told = true;
    }
    await wait(pollMs);
  }
  try {
    await work((childPid) => writeWhole(lockFile, `${ours} ${identityOf(childPid)}`));
  } finally {
    if (read(lockFile)?.startsWith(ours)) fs.rmSync(lockFile, { force: true });
  }
}

/** A hard link appears with its content or not at all: nobody ever reads an empty lock. */
function tryTake(lockFile, ours) {
  if (fs.existsSync(lockFile)) return false;
  const draft = `${lockFile}.${randomUUID()}`;
  fs.writeFileSync(draft, ours);
  try {
    fs.linkSync(draft, lockFile);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/**
 * Two processes may find a lock dead at once; the slower one must not remove the new lock of the
 * faster one.
 */
function clearDead(lockFile, dead) {
  const clearing = `${lockFile}.clearing`;
  try {
    fs.mkdirSync(clearing);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const since = fs.statSync(clearing, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > clearingMaxMs) fs.rmSync(clearing, { recursive: true, force: true });
    return;
  }
  if (read(lockFile) === dead) fs.rmSync(lockFile, { force: true });
  fs.rmSync(clearing, { recursive: true, force: true });
}

/** Whether the start that wrote the lock, or the npm that it began, still runs. */
function isHeld(holder) {
  return holder.split(' ').slice(1).some(isRunning);
}

function isRunning(identity) {
  const [pid, start] = identity.split(':');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it exists and belongs to another account.
    if (error.code !== 'EPERM') return false;
  }
  // Pids are used again; on Linux the time of the start distinguishes two processes.
  return start === '' || identityOf(pid) === identity;
}

/** `<pid>:<start in ticks since boot>`, 'ended' for a zombie; without a start if there is no /proc. */
function identityOf(pid) {
  const stat = read(`/proc/${pid}/stat`) ?? '';
  // The command's name, in parentheses, may contain spaces: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${pid}:${fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')}`;
}
