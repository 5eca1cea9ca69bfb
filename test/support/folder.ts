import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new folder that PostgreSQL's own account can reach, as it can a clone. */
export function createTestFolder(within = tmpdir()): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(within, 'daypass-test-'));
  chmodSync(folder, 0o755);
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
