import pino from 'pino';
import type { Config } from './config';

export type Log = pino.Logger;

/** Names of fields that hold secrets or bearers, wherever they stand in what is logged. */
const secretFields = ['authorization', 'token', 'confirmationToken', 'activationToken', 'secret'];

/** One JSON line an event, on standard error: standard output belongs to the banner and to `--json`. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      redact: {
        paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
