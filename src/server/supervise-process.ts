import type { Log } from '../core/log';
import type { Part, PartFailures } from '../core/part-failures';

/**
 * The part of an error, by the packages whose code threw it. The first match decides: a part that
 * uses others (jobs use the driver) comes before the parts that it uses.
 */
const packagesOf: readonly (readonly [Part, readonly string[]])[] = [
  ['mail', ['nodemailer']],
  ['jobs', ['graphile-worker']],
  ['websocket', ['ws', 'graphql-ws']],
  ['http', ['fastify', 'avvio', 'light-my-request', '@as-integrations/fastify', '@apollo/server']],
  ['metrics', ['prom-client']],
  ['providers', ['jose']],
  ['log', ['pino', 'sonic-boom', 'thread-stream']],
  ['database', ['typeorm', 'pg', 'pg-pool', 'pg-protocol', 'pg-connection-string']],
];

/** The part whose library threw an error; null if no library is on its stack. */
export function partOf(error: unknown): Part | null {
  const thrown = (error as { stack?: unknown } | null)?.stack;
  const stack = typeof thrown === 'string' ? thrown.replaceAll('\\', '/') : '';
  const isOn = (name: string) => stack.includes(`/node_modules/${name}/`);
  return packagesOf.find(([, names]) => names.some(isOn))?.[0] ?? null;
}

/**
 * A socket or a file broke, and nothing handled the error: only Node's own code is on the stack.
 */
function isOfSystem(error: unknown): boolean {
  const { syscall, stack } = (error ?? {}) as { syscall?: unknown; stack?: unknown };
  if (typeof syscall !== 'string') return false;
  const frames = String(stack)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line));
  return frames.every((line) => /\(?node:/.test(line));
}

/**
 * The last safety net of the process. What a library throws outside every promise fails that
 * library's part, which is restarted; the process continues. A rejection that nobody waited for has
 * ended only its own function, so the process continues too.
 *
 * An exception of our own that nothing caught may have left state half changed: the process drains, as
 * on SIGTERM, and ends with 1 for its supervisor to start a new one.
 */
export function superviseProcess(options: {
  failures: PartFailures;
  log: Log;
  drain: (cause: string, exitCode: number) => void;
}): void {
  const { failures, log, drain } = options;
  process.on('unhandledRejection', (reason) => failures.report(partOf(reason) ?? 'other', reason));
  process.on('uncaughtException', (error) => {
    const part = partOf(error) ?? (isOfSystem(error) ? 'other' : null);
    if (part) return failures.report(part, error);
    log.fatal({ err: error }, 'an exception was not caught; the process ends');
    drain('an exception was not caught', 1);
  });
  // The reader of the banner may have gone.
  process.stdout.on('error', (error) => failures.note('log', error));
}
