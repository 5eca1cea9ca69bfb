import pino from 'pino';
import type { Config } from './config';
import { safeError, safeMessage, safeText } from './safe-error';

export type Log = pino.Logger;

/** Names of fields that hold secrets or bearers, wherever they stand in what is logged. */
const secretFields = ['authorization', 'token', 'confirmationToken', 'activationToken', 'secret'];

/** One JSON line an event, on standard error: standard output belongs to the banner and to `--json`. */
export function createLog(
  config: Pick<Config, 'logLevel'>,
  destination: pino.DestinationStream = standardError(),
): Log {
  return pino(
    {
      level: config.logLevel,
      base: { pid: process.pid },
      redact: {
        paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
        censor: '[redacted]',
      },
      formatters: { log: withoutValues },
      // By then it is no error any more; pino's own would put the causes into its message.
      serializers: { err: (error: unknown) => error },
      hooks: { logMethod: withoutValuesInWords },
    },
    destination,
  );
}

/** Standard error. A log that cannot be written, on a full disk or a closed terminal, ends nothing. */
function standardError(): pino.DestinationStream {
  const destination = pino.destination({ dest: 2, sync: true });
  destination.on('error', () => {});
  return destination;
}

/** Errors lose their values under whatever name they are logged, and requests their query. */
function withoutValues(fields: Record<string, unknown>): Record<string, unknown> {
  let safe = fields;
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Error) safe = { ...safe, [name]: safeError(value) };
    else if (name === 'req') safe = { ...safe, req: placeOf(value) };
  }
  return safe;
}

/** A query by GET has its values in the address. */
function placeOf(request: unknown): { method: unknown; url: unknown } {
  const { method, url } = (request ?? {}) as { method?: unknown; url?: unknown };
  return { method, url: typeof url === 'string' ? url.split('?')[0] : undefined };
}

/**
 * The sentence of a line is our own, but a library that logs hands on what an error says, and pino takes
 * an error's message where no sentence is given.
 */
function withoutValuesInWords(this: Log, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, words, ...rest] = args as [unknown, unknown, ...unknown[]];
  const log = method as (...given: unknown[]) => void;
  if (typeof first === 'string') return log.call(this, safeText(first), words, ...rest);
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  if (typeof words === 'string') {
    const isOfError = error instanceof Error && words === error.message;
    return log.call(this, first, isOfError ? safeMessage(error) : safeText(words), ...rest);
  }
  if (error instanceof Error) return log.call(this, first, safeMessage(error), ...rest);
  log.apply(this, args);
}
