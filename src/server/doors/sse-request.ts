import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { FaultCode } from '../../core/domain-error';
import type { OperationRequest } from '../operation/operation-request';

/** A refusal by HTTP status, before there is a stream for errors. */
export function refusal(
  status: number,
  message: string,
  code: FaultCode = 'BAD_USER_INPUT',
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}

/**
 * The requested operation, by POST as JSON or by GET in the address. Throws the error of `refusal`.
 */
export function readSseRequest(request: FastifyRequest): OperationRequest {
  if (!acceptsEvents(request.headers.accept)) {
    throw refusal(406, 'This address answers with text/event-stream only. Send it in Accept.');
  }
  const { query = '', operationName, variables, extensions } = parametersOf(request);
  if (extensions != null && !isObject(extensions)) {
    throw refusal(400, '`extensions` must be an object.');
  }
  // A request that names a persisted query has no text; the stream contains its refusal.
  if (typeof query !== 'string' || (query === '' && !extensions?.persistedQuery)) {
    throw refusal(400, '`query` is missing.');
  }
  if (operationName != null && typeof operationName !== 'string') {
    throw refusal(400, '`operationName` must be a string.');
  }
  if (variables != null && !isObject(variables)) {
    throw refusal(400, '`variables` must be an object.');
  }
  return { query, operationName, variables, extensions, method: request.method };
}

/** The id of the last event that a returning reader received; null for a new reader. */
export function lastEventIdOf({ headers }: FastifyRequest): string | null {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

function parametersOf({ method, headers, query, body }: FastifyRequest): Record<string, unknown> {
  if (method === 'GET') {
    const { variables, extensions, ...rest } = query as Record<string, unknown>;
    return {
      ...rest,
      variables: variables && parsed('variables', variables),
      extensions: extensions && parsed('extensions', extensions),
    };
  }
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw refusal(415, 'A POST must have the content type application/json.');
  }
  if (!isObject(body)) throw refusal(400, 'The body must be an object.');
  return body;
}

function parsed(name: string, text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw refusal(400, `The ${name} must be JSON.`);
  }
}

/** Whether the client accepts event streams; a client without Accept accepts anything. */
function acceptsEvents(accept = '*/*'): boolean {
  return accept
    .toLowerCase()
    .split(',')
    .some((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      const isEvents = ['text/event-stream', 'text/*', '*/*'].includes(type);
      return isEvents && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
