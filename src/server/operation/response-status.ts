import { OperationTypeNode } from 'graphql';
import { DomainError } from '../../core/domain-error';
import { mediaTypeFor } from '../doors/media-type';
import type { RequestPart } from './request-parts';

/**
 * Statuses by the specification of GraphQL over HTTP. In `application/graphql-response+json` a
 * request that cannot be run is 400; in `application/json`, which proxies answer with too, it is
 * 200. If a client has to try again later, the status says so with both media types, because
 * clients and proxies act on it.
 */
export const responseStatus: RequestPart = {
  didResolveOperation({ operation, request }) {
    if (request.http && operation?.operation === OperationTypeNode.SUBSCRIPTION) {
      const message = 'Send subscriptions over a WebSocket at /graphql, or as server-sent events.';
      throw new DomainError('BAD_USER_INPUT', message);
    }
  },
  willSendResponse({ request, source, response: { body, http } }) {
    if (!request.http || body.kind !== 'single') return;
    // Apollo sends caching headers for persisted queries; no answer of the API may be cached.
    http.headers.delete('cache-control');
    const mediaType = mediaTypeFor(request.http.headers.get('accept'));
    if (mediaType) http.headers.set('content-type', `${mediaType}; charset=utf-8`);
    const { errors, data } = body.singleResult;
    if (!errors?.[0]) return;
    const { code, retryAfterMs } = errors[0].extensions ?? {};
    if (data === undefined && (http.status ?? 500) === 500) {
      // Apollo treats an error of a hook as a fault of the server.
      http.status = statusByCode[code as string] ?? 500;
    }
    // It ran and has no data: the status reports only that another attempt may succeed; the
    // errors say everything else.
    if (data === null && isForLater(code)) http.status = statusByCode[code];
    if (isForLater(code)) http.headers.set('retry-after', retryAfter(retryAfterMs));
    if (http.status === 400 && source && mediaType === 'application/json') http.status = 200;
  },
};

/** The status of an operation that did not run. */
const statusByCode: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  QUERY_TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  SERVICE_UNAVAILABLE: 503,
};

function isForLater(code: unknown): code is 'RATE_LIMITED' | 'SERVICE_UNAVAILABLE' {
  return code === 'RATE_LIMITED' || code === 'SERVICE_UNAVAILABLE';
}

/** In whole seconds, as HTTP requires; one second if the time is unknown. */
export function retryAfter(afterMs: unknown): string {
  return String(typeof afterMs === 'number' ? Math.max(Math.ceil(afterMs / 1_000), 1) : 1);
}
