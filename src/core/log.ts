import pino from 'pino';
import type { Config } from './config';
import { safeError, safeMessage, safeText } from './safe-error';

export type Log = pino.Logger;

/** Names of fields that contain secrets or bearer tokens, at any depth of a log entry. */
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
      // At this point it is no longer an Error; pino's own serializer would put the causes into the
      // message.
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

/** Errors lose their values under any name, and requests their query. */
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
 * The messages of our own lines have no values. A library may log the text of an error, and pino
 * uses an error's message if no message is given.
 */
function withoutValuesInWords(this: Log, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, words, ...rest] = args as [unknown, unknown, ...unknown[]];
  const log: (...given: unknown[]) => void = method;
  if (typeof first === 'string') return log.call(this, safeText(first), words, ...rest);
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  if (typeof words === 'string') {
    const isOfError = error instanceof Error && words === error.message;
    return log.call(this, first, isOfError ? safeMessage(error) : safeText(words), ...rest);
  }
  if (error instanceof Error) return log.call(this, first, safeMessage(error), ...rest);
  log.apply(this, args);
}
