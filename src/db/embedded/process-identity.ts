import { readFileSync } from 'node:fs';

/**
 * This process as `<pid> <start>`, so that another can distinguish it from a later one with the
 * same pid.
 */
export function describeSelf(): string {
  return describeProcess(process.pid);
}

/** As `describeSelf`, of another process. */
export function describeProcess(pid: number): string {
  return `${pid} ${startOf(pid) ?? '-'}`;
}

/**
 * Whether the process that wrote `description` still runs. Pids are used again, and soon in a
 * container whose first process always has the same one: on Linux the start time must be equal too.
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
    // EPERM: it exists and belongs to another account.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start of a process in ticks since boot, 'ended' for a zombie; null if there is no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may contain spaces: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
  } catch {
    return null;
  }
}
