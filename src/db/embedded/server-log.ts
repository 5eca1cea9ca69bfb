import { copyFileSync, closeSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

/** Size at which a log is put aside; with the one put aside before it, twice that is kept. */
const sizeMaxBytes = 4 * 1024 * 1024;
/** Errors of a busy minute are far below the bound above. */
const checkEveryMs = 60_000;

/**
 * Limits the size of a log that PostgreSQL appends to: now, and each minute until the returned
 * function is called. An orphaned server has no process to do this, and no clients either.
 */
export function keepLogBounded(path: string): () => void {
  boundLog(path);
  const timer = setInterval(() => boundLog(path), checkEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Moves the content of a log to `<path>.1` once it is too large. The server has the file open for
 * appending, so it is emptied, not renamed.
 */
export function boundLog(path: string, maxBytes = sizeMaxBytes): void {
  try {
    if (statSync(path).size < maxBytes) return;
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
  } catch {
    // No log yet, or its folder was removed: nothing that must end the process.
  }
}

/** The last lines of a log, for an error message; empty if it has no lines. */
export function tailOf(path: string, linesMax = 15): string {
  return textSince(path, 0).trimEnd().split('\n').slice(-linesMax).join('\n');
}

/** Size in bytes, 0 if the file does not exist. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The text after the first `start` bytes; of a long text, its end. */
export function textSince(path: string, start: number): string {
  // 8 kB are enough for a failed start's lines, and limit an error message.
  const length = Math.max(0, Math.min(sizeOf(path) - start, 8192));
  if (length === 0) return '';
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, sizeOf(path) - length);
    return buffer.toString('utf8');
  } finally {
    closeSync(file);
  }
}
