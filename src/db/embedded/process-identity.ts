import { readFileSync } from 'node:fs';

/** This process as `<pid> <start>`, so that another can tell it from a later one of the same pid. */
export function describeSelf(): string {
  return describeProcess(process.pid);
}

/** As `describeSelf`, of another process. */
export function describeProcess(pid: number): string {
  return `${pid} ${startOf(pid) ?? '-'}`;
}

/**
 * Whether the process that wrote `description` still runs. Pids come round again, and soon in a
 * container whose first process always has the same one: on Linux the start time must agree too.
 */
export function isAlive(description: string): boolean {
  const [pid, start] = description.split(' ');
  if (!isRunning(Number(pid))) return false;
  const known = startOf(Number(pid));
  return start === '-' || known === null || known === start;
}

/** Whether any process has this pid. */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and another account's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start of a process in ticks since boot, 'ended' for a zombie; null where there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may hold spaces: count from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
