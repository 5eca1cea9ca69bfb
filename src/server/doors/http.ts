import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type RouteHandlerMethod,
} from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestContext } from '../../api/context';
import { doorError } from '../../api/errors';
import type { Config } from '../../core/config';
import { DomainError } from '../../core/domain-error';
import type { PartFailures } from '../../core/part-failures';
import { httpPaths } from './api-paths';
import type { Callers } from './callers';
import {
  addHttpPolicy,
  HttpRefusal,
  readJsonBodies,
  refuseEncodedBody,
  refuseUnservable,
} from './http-policy';
import type { Operations } from '../operation/operation';
import { retryAfter } from '../operation/response-status';
import type { Origins } from './origins';
import { withTimeout } from '../with-timeout';

/** What a caller may send as its own X-Request-Id; any other value is replaced by a new id. */
const requestIdShape = /^[\w.:-]{1,100}$/;

/** No request stays longer than this after its time-out. */
const lateLookMs = 1_000;

/** The HTTP door: `/graphql` and `/graphql/<account>`. Other routes are added by their own files. */
export function createHttpDoor(
  operations: Operations,
  callers: Callers,
  config: { origins: Origins } & Pick<Config, 'production'>,
): FastifyInstance {
  const { limits } = operations;
  const { log } = operations.services;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    http: {
      headersTimeout: limits.requestMs,
      // Node would use the first of two, and a proxy perhaps the other; joined, they are not valid.
      joinDuplicateHeaders: true,
      // Node looks for requests that take too long only at this interval.
      connectionsCheckingInterval: Math.min(limits.requestMs, lateLookMs),
    },
    clientErrorHandler: answerUnreadable,
    // No route has a schema; fastify would load its two compilers of schemas at every start.
    schemaController: {
      compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas },
    },
    forceCloseConnections: 'idle',
    // A request that still arrives on a keep-alive connection is answered; then the connection is
    // closed.
    return503OnClosing: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
    },
    // An address that cannot be decoded reaches no route, and so no hook.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      answerFault(error, reply);
    },
  }) as unknown as FastifyInstance;

  let closing = false;
  const unasked = watchUnasked(app.server);
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unasked) socket.destroy();
  });
  // These hooks return no promises, because Fastify would wait for each.
  app.addHook('onSend', (request, reply, _payload, done) => {
    reply.header('x-request-id', request.id);
    // A keep-alive connection of a request under way would delay the draining.
    if (closing) reply.header('connection', 'close');
    done();
  });
  if (log.isLevelEnabled('debug')) {
    app.addHook('onResponse', (request, reply, done) => {
      const { method, url } = request;
      const path = url.split('?')[0];
      const ms = Math.round(reply.elapsedTime);
      request.log.debug({ method, path, status: reply.statusCode, ms }, 'answered');
      done();
    });
  }

  addHttpPolicy(app, config);
  app.addHook('onRequest', refuseEncodedBody);
  readJsonBodies(app);
  // A request that a form of any page can send without a preflight is refused.
  app.removeContentTypeParser('text/plain');
  const answer = fastifyApolloHandler<RequestContext>(operations.apollo, {
    context: ({ headers, raw, id }) =>
      operations.contextOf(headers.authorization, { ...callers.of(raw, 'http'), requestId: id }),
  }) as unknown as RouteHandlerMethod;
  for (const url of httpPaths) {
    app.route({
      url,
      method: ['OPTIONS', 'PUT', 'PATCH', 'DELETE'],
      onRequest: refuseUnservable,
      handler: (_request, reply) => reply.code(204).header('allow', 'GET, POST, OPTIONS').send(),
    });
    app.route({
      url,
      method: ['GET', 'POST'],
      onRequest: refuseUnservable,
      handler: async (request, reply) =>
        withTimeout(limits.answerMs, answer.call(app, request, reply) as Promise<unknown>),
    });
  }

  app.setErrorHandler(async (thrown: Error, _request, reply) => answerFault(thrown, reply));
  return app;
}

function noSchemas(): never {
  throw new Error('No route has a schema: GraphQL checks what it receives and sends.');
}

/** An address that does not exist: our page for browsers, JSON for programs. */
export function answerNotFound(
  app: FastifyInstance,
  sendPage: (reply: FastifyReply) => FastifyReply,
): void {
  app.setNotFoundHandler(async (request, reply) => {
    reply.code(404);
    const isBrowser =
      request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '');
    if (isBrowser) return sendPage(reply.header('vary', 'accept'));
    return {
      errors: [
        doorError(
          new DomainError('NOT_FOUND', 'There is nothing at this address. Check the path.'),
          request.log,
        ),
      ],
    };
  });
}

/** A server that cannot accept (no file descriptor is free) emits an event, and continues. */
export function watchServerErrors(server: Server, failures: Pick<PartFailures, 'note'>): void {
  server.on('error', (error) => {
    // A port in use is reported to the start, which fails.
    if (server.listening) failures.note('http', error);
  });
}

/**
 * Connections without a request so far: browsers and balancers open them in advance. Node treats
 * them as busy, and would wait for them when the door is closed.
 */
function watchUnasked(server: Server): ReadonlySet<Socket> {
  const unasked = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  server.on('request', ({ socket }) => unasked.delete(socket));
  server.on('upgrade', ({ socket }) => unasked.delete(socket));
  return unasked;
}

/** Answers errors outside an operation, in the shape of an operation's errors. */
function answerFault(thrown: Error & { statusCode?: number }, reply: FastifyReply) {
  const isLater = thrown instanceof DomainError && thrown.code === 'SERVICE_UNAVAILABLE';
  const status = isLater ? 503 : (thrown.statusCode ?? 500);
  if (isLater) reply.header('retry-after', retryAfter(thrown.retryAfterMs));
  if (thrown instanceof HttpRefusal) reply.headers(thrown.headers);
  // Fastify's own refusals (a body too large, malformed JSON) are faults of the request.
  const isOurs = status >= 500 || thrown instanceof DomainError;
  const fault = isOurs ? thrown : new DomainError('BAD_USER_INPUT', thrown.message);
  return reply.code(status).send({ errors: [doorError(fault, reply.log)] });
}

/** Answers malformed or incomplete HTTP, on a connection that cannot be used any longer. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const status = isLate
    ? '408 Request Timeout'
    : isLong
      ? '431 Request Header Fields Too Large'
      : '400 Bad Request';
  const message = isLate
    ? 'The request was incomplete or took too long.'
    : 'This is not a valid HTTP request.';
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  socket.end(
    [
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${randomUUID()}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
