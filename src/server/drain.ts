import type { Log } from '../core/log';

/** A process that has not drained by then ends even so. */
const drainBoundMs = 15_000;
/** How often the process checks whether npm, its parent, still runs. */
const parentLookMs = 500;

/**
 * Ends the process cleanly on SIGTERM and SIGINT, and when the npm that started it has ended: a
 * SIGTERM to npm reaches only the shell that npm starts in between, and our process then becomes a
 * child of init.
 *
 * Returns a function that drains the process for another cause.
 */
export function drainOnSignals(
  service: { stop(): Promise<void> },
  options: { startedByNpm: boolean; log: Log },
): (cause: string, exitCode: number) => void {
  const { log } = options;
  let draining = false;
  const drain = (cause: string, exitCode = 0) => {
    if (draining) return;
    draining = true;
    log.info({ cause }, 'draining');
    setTimeout(() => {
      log.error('shutting down took too long; the process ends');
      process.exit(1);
    }, drainBoundMs).unref();
    service.stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'shutting down failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => drain('SIGTERM'));
  process.on('SIGINT', () => drain('SIGINT'));

  const parent = process.ppid;
  if (options.startedByNpm) {
    setInterval(() => {
      if (process.ppid !== parent) drain('npm has ended');
    }, parentLookMs).unref();
  }
  return drain;
}
