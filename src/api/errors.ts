import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { DomainError, faultCodes, type FaultCode } from '../core/domain-error';
import type { Log } from '../core/log';
import { judgeFailure } from '../ledger/writer/batch-failure';

/** The codes of Apollo and graphql-js, as codes of our closed list. */
const translated: Record<string, FaultCode> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
};

/** A message may repeat a caller's text; this much of it is enough to find the place. */
const messageLengthMax = 500;
/** The errors of an answer without data, as JSON, and the names of its fields that are all null. */
const errorsBytesMax = 9 * 1024;
const nullsBytesMax = 5 * 1024;

/** The start of a message that may hold a caller's value. */
export function cutMessage(message: string): string {
  if (message.length <= messageLengthMax) return message;
  // Not through the middle of a character.
  return `${message.slice(0, messageLengthMax - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

interface Failed {
  errors: readonly GraphQLFormattedError[];
  data?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Keeps the answer to a refused request small. If there is data, all errors are returned. If every
 * root field is null, only the first errors are returned, and data with long names is replaced by
 * null.
 */
export function boundFailure<Answer extends Failed>(answer: Answer): Answer {
  const { errors, data } = answer;
  if (data && Object.values(data).some((value) => value !== null)) return answer;
  const isLong = data && Buffer.byteLength(JSON.stringify(data)) > nullsBytesMax;
  return { ...answer, errors: firstOf(errors), ...(isLong ? { data: null } : {}) };
}

function firstOf<Fault>(errors: readonly Fault[]): readonly Fault[] {
  let bytes = 0;
  const tooMany = errors.findIndex((error) => {
    bytes += Buffer.byteLength(JSON.stringify(error));
    return bytes > errorsBytesMax;
  });
  return tooMany < 0 ? errors : errors.slice(0, Math.max(tooMany, 1));
}

/**
 * The one translation of an error into what a client may read, the same at every door. An error
 * that is neither a DomainError nor a fault of the request's own text is masked; `logFault` logs it
 * for the operator.
 */
export function publicError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
): GraphQLFormattedError {
  const cause = rootOf(thrown);
  const place = { locations: formatted.locations, path: formatted.path };
  if (cause instanceof DomainError) {
    const { code, reason, retryAfterMs } = cause;
    const extensions = {
      code,
      ...(reason === undefined ? {} : { reason }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
    return { message: cutMessage(cause.message), ...place, extensions };
  }
  if (isDatabaseBusy(cause)) {
    const message = 'The service is busy. Try again in a moment.';
    return { message, ...place, extensions: { code: 'SERVICE_UNAVAILABLE' } };
  }
  const code = codeOf(formatted, cause);
  if (code === 'INTERNAL_SERVER_ERROR') {
    return {
      message:
        'Something went wrong in the service. Try again; if it happens again, report the request id.',
      ...place,
      extensions: { code },
    };
  }
  return { message: cutMessage(formatted.message), ...place, extensions: { code } };
}

/** Logs what `publicError` masks, with its cause; `log` carries the request's id. */
export function logFault(error: GraphQLError, log: Pick<Log, 'error'>): void {
  const cause = rootOf(error);
  const isOurs = publicError(error.toJSON(), error).extensions?.code === 'INTERNAL_SERVER_ERROR';
  if (!isOurs && !isDatabaseBusy(cause)) return;
  log.error({ err: cause, path: error.path }, 'a request failed');
}

/** A lost connection, a wait that took too long, a pool without a free connection: try again. */
function isDatabaseBusy(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause instanceof GraphQLError) return false;
  return !(cause instanceof DomainError) && judgeFailure(cause) !== 'content';
}

/** An error thrown outside a resolver, at a door, in the shape of a response's errors; logged. */
export function doorError(thrown: unknown, log: Pick<Log, 'error'>): GraphQLFormattedError {
  const error = thrown instanceof GraphQLError ? thrown : wrap(thrown);
  logFault(error, log);
  return publicError(error.toJSON(), error);
}

/** The error that was really thrown: graphql-js and Apollo wrap it, sometimes more than once. */
function rootOf(thrown: unknown): unknown {
  let cause = thrown;
  for (let depth = 0; depth < 5; depth += 1) {
    if (!(cause instanceof GraphQLError) || !cause.originalError) break;
    cause = cause.originalError;
  }
  return cause;
}

/** The message of graphql-js after the last fault of variables that it reports. */
const tooManyVariableFaults = 'Too many errors processing variables';

function codeOf(formatted: GraphQLFormattedError, cause: unknown): FaultCode {
  const given = formatted.extensions?.code;
  // A GraphQLError without a cause is about the request's text or values; any other is ours.
  if (!(cause instanceof GraphQLError)) return 'INTERNAL_SERVER_ERROR';
  if (typeof given !== 'string') return 'BAD_USER_INPUT';
  // Apollo recognises the other faults of variables, and treats this last one as its own fault.
  if (cause.message.startsWith(tooManyVariableFaults)) return 'BAD_USER_INPUT';
  const code = translated[given] ?? given;
  return faultCodes.find((known) => known === code) ?? 'INTERNAL_SERVER_ERROR';
}

function wrap(thrown: unknown): GraphQLError {
  const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new GraphQLError(originalError.message, { originalError });
}
