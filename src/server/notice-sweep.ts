import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import { pruneNotices } from '../notices/prune-notices';

/** Old notices are not shown, so it does not matter which hour deletes them. */
const everyMs = 3_600_000;

/** Deletes old notices once an hour. Returns how to stop it; it resolves when no statement runs. */
export function sweepNotices(source: DataSource, log: Log): () => Promise<void> {
  let sweep = Promise.resolve();
  const timer = setInterval(() => {
    sweep = pruneNotices(source).catch((error: unknown) => {
      log.warn({ err: error }, 'old notices were not deleted');
    });
  }, everyMs);
  return () => {
    clearInterval(timer);
    return sweep;
  };
}
