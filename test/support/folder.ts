import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A new folder that PostgreSQL's own account can reach, as it can a clone; in memory if there is
 * room: a database costs a tenth there of what it costs on a disk.
 */
export function createTestFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(memoryFolder() ?? tmpdir(), 'daypass-test-'));
  chmodSync(folder, 0o755);
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Undefined if there is too little room, as in a container that was given none. */
function memoryFolder(): string | undefined {
  const folder = '/dev/shm';
  const roomMin = 2 * 2 ** 30;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= roomMin ? folder : undefined;
  } catch {
    return undefined;
  }
}
