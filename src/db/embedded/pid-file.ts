import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';
import { join, resolve } from 'node:path';
import { isRunning } from './process-identity';
import type { ServerHome } from './server-home';

/** What PostgreSQL wrote about itself when it started. */
export interface PidFile {
  pid: number;
  dataDirectory: string;
  /** Null while the server has not written it yet. */
  port: number | null;
}

export function pidFileOf(home: ServerHome): string {
  return join(home.cluster, 'postmaster.pid');
}

/** The pid file of a home's cluster, or null if no server runs or it ended in order. */
export function readPidFile(home: ServerHome): PidFile | null {
  if (!existsSync(pidFileOf(home))) return null;
  const lines = readFileSync(pidFileOf(home), 'utf8').split('\n');
  const [pid, dataDirectory = '', , port] = lines;
  if (!Number(pid)) return null;
  return { pid: Number(pid), dataDirectory, port: Number(port) || null };
}

/**
 * Whether the process in a pid file is the server of exactly this cluster. After a crash the pid
 * may be another program's, and a copied folder names the server of the original.
 */
export function isServerOf(home: ServerHome, file: PidFile): boolean {
  if (!isRunning(file.pid)) return false;
  if (platform() === 'win32') return resolve(file.dataDirectory) === home.cluster;
  const folder = workingFolderOf(file.pid);
  return folder === null ? commandLineOf(file.pid).includes(home.cluster) : folder === home.cluster;
}

/**
 * The working directory of a process, which for a server is its data directory, even after that was
 * moved. Null if there is no /proc or we may not read it: root in a container may not look at other
 * accounts.
 */
function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** The command that a process was started with; empty if it has ended. */
function commandLineOf(pid: number): string {
  try {
    if (platform() === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
