import { readFileSync } from 'node:fs';

/** Linux counts the CPU time of processes in ticks of 10 ms. */
const msPerTick = 10;

/** What Linux reports of a process: its parent, its CPU time, and that of its children that have ended. */
export interface ProcessStat {
  parent: number;
  ms: number;
  reapedMs: number;
}

/** From /proc. Null if the process has ended, or this is not Linux. */
export function statOf(pid: number): ProcessStat | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program comes before and may contain anything.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ms = (from: number) => (fields[from]! + fields[from + 1]!) * msPerTick;
    return { parent: fields[1]!, ms: ms(11), reapedMs: ms(13) };
  } catch {
    return null;
  }
}
