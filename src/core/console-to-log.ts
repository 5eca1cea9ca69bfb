import type { Log } from './log';
import { safeText } from './safe-error';

const methods = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/**
 * Libraries write to the console what they do not throw (graphile-worker prints errors with
 * everything that the driver knows). From now on this is logged, and loses its values like
 * everything in the log.
 */
export function consoleToLog(log: Log): void {
  for (const method of methods) {
    console[method] = (...given: unknown[]) => {
      const err = given.find((one) => one instanceof Error);
      const text = given.filter((one) => typeof one === 'string').join(' ');
      log.warn({ err, text: safeText(text) }, 'a library wrote to the console');
    };
  }
}
