import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { statOf } from './proc';

const sampleEveryMs = 100;

/** A process's resident memory in bytes: from /proc, else from `ps`. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readStatus(pid) ?? '')?.[1];
  return 1024 * Number(kilobytes ?? execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]));
}

function readStatus(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return null;
  }
}

/** CPU time that a process has used, all threads: from /proc, else from `ps`. */
export function cpuMs(pid: number): number {
  const stat = statOf(pid);
  if (stat) return stat.ms;
  const parts = String(execFileSync('ps', ['-o', 'cputime=', '-p', String(pid)])).split(':');
  return parts.reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1_000;
}

/** Watches a process's memory until `stop`, which returns the maximum. */
export function watchMemory(pid: number): { stop(): number } {
  let most = residentBytes(pid);
  const timer = setInterval(() => {
    // A process that has ended: what waits for it reports that.
    try {
      most = Math.max(most, residentBytes(pid));
    } catch {
      clearInterval(timer);
    }
  }, sampleEveryMs);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, residentBytes(pid));
    },
  };
}

export const megabytes = (bytes: number): number => bytes / 1024 ** 2;
