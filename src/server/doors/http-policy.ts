import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../core/config';
import { DomainError, type FaultCode } from '../../core/domain-error';
import { refuseKeysWithin } from '../../core/forbidden-keys';
import { mediaTypeFor } from './media-type';
import { originRefusal, type Origins } from './origins';

/** A refusal by HTTP rules, before the body is read. */
export class HttpRefusal extends DomainError {
  constructor(
    readonly statusCode: number,
    code: FaultCode,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    more: ConstructorParameters<typeof DomainError>[2] = {},
  ) {
    super(code, message, more);
  }
}

/** How long a browser may cache the answer to a preflight. */
const preflightSeconds = '600';

/**
 * Headers with which browsers treat an answer as data only. Our pages send their own policy. They
 * are constants, because a plugin that builds them for each answer took 3 % of a small request.
 */
const dataHeaders = {
  'content-security-policy': `default-src 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** Headers of the API: an answer is for one reader, and for pages of some origins only. */
const apiHeaders = { ...dataHeaders, 'cache-control': 'no-store', vary: 'Origin, Accept' };
/** Not in development, which has no certificate: a browser would remember it for localhost. */
const transportHeaders = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

const corsHeaders = { 'access-control-expose-headers': 'retry-after, x-request-id' };
/**
 * Without credentials: clients send bearer tokens explicitly, and a browser adds nothing
 * automatically.
 */
const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST',
  vary: 'Origin, Accept, Access-Control-Request-Headers',
  'access-control-max-age': preflightSeconds,
};

/** The headers that our own pages and the common libraries send. */
const usualHeaders = 'authorization, content-type, last-event-id, x-request-id';
/** Header names separated by commas, no longer than any client's list. */
const headerNames = /^[\w!#$%&'*+.^`|~-]+( ?, ?[\w!#$%&'*+.^`|~-]+)*$/;
const headerNamesMax = 2_000;

/**
 * The headers that a page may send: those that it requests. A fixed list would protect nothing,
 * because no request has a cookie, and clients add headers of their own (client awareness, traces).
 */
function allowedHeaders({ headers }: FastifyRequest): string {
  const asked = headers['access-control-request-headers'] ?? '';
  return asked.length <= headerNamesMax && headerNames.test(asked) ? asked : usualHeaders;
}

/** Adds these headers to all answers of the door, and permits only pages of the allowed origins. */
export function addHttpPolicy(
  app: FastifyInstance,
  { origins, production }: { origins: Origins } & Pick<Config, 'production'>,
): void {
  const transport = production ? transportHeaders : {};
  const ofApi = { ...apiHeaders, ...transport };
  const ofOthers = { ...dataHeaders, ...transport };
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(isApi(request) ? ofApi : ofOthers);
    // Two of them, which proxies and servers read in two ways (RFC 9112, 3.2).
    if (request.headers.host?.includes(',')) {
      return done(new HttpRefusal(400, 'BAD_USER_INPUT', 'The request has more than one Host.'));
    }
    if (!isApi(request)) return done();
    const { origin } = request.headers;
    if (!origin) return done();
    if (!origins.allows(request.raw)) {
      const reason = 'ORIGIN_NOT_ALLOWED';
      return done(new HttpRefusal(403, 'FORBIDDEN', originRefusal, {}, { reason }));
    }
    reply.headers({ ...corsHeaders, 'access-control-allow-origin': origin });
    if (request.method === 'OPTIONS') {
      reply.headers({
        ...preflightHeaders,
        'access-control-allow-headers': allowedHeaders(request),
      });
    }
    done();
  });
}

/** `/graphql` and what is below it. */
function isApi({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === apiPath || url?.startsWith(`${apiPath}/`) === true;
}

const apiPath = '/graphql';
const served = ['GET', 'POST', 'OPTIONS'];

/**
 * Refuses requests that GraphQL over HTTP does not define: other methods, and media types that we
 * do not send.
 */
export function refuseUnservable(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (refusal?: HttpRefusal) => void,
): void {
  if (!served.includes(request.method)) {
    const message = 'Send GraphQL requests by POST; queries also by GET.';
    return done(new HttpRefusal(405, 'BAD_USER_INPUT', message, { allow: served.join(', ') }));
  }
  // A mutation must not run before it is known that its answer can be sent.
  if (!mediaTypeFor(request.headers.accept)) {
    const message = 'Accept application/graphql-response+json or application/json.';
    return done(new HttpRefusal(406, 'BAD_USER_INPUT', message));
  }
  done();
}

/** Refuses a compressed body: read as text it would only be "not valid JSON". */
export function refuseEncodedBody(
  { headers, method }: FastifyRequest,
  _reply: FastifyReply,
  done: (refusal?: HttpRefusal) => void,
): void {
  const encoding = headers['content-encoding'];
  if (!encoding || method === 'GET' || /^\s*identity\s*$/i.test(encoding)) return done();
  const message = `The service does not accept Content-Encoding ${encoding.slice(0, 40)}. Send the body without Content-Encoding.`;
  done(new HttpRefusal(415, 'BAD_USER_INPUT', message, { 'accept-encoding': 'identity' }));
}

/** Reads JSON as fastify does, and names the forbidden key of a refused body. */
export function readJsonBodies(app: FastifyInstance): void {
  const read = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      void read(request, text, (fault, body) => done(fault && (forbiddenIn(text) ?? fault), body));
    },
  );
}

/** The refusal of a JSON text with a forbidden key; null if the text is not JSON. */
function forbiddenIn(text: string): HttpRefusal | null {
  try {
    const refusal = refuseKeysWithin(JSON.parse(text.replace(/^\ufeff/, '')));
    return refusal === null ? null : new HttpRefusal(400, 'BAD_USER_INPUT', refusal);
  } catch {
    return null;
  }
}
