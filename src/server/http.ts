import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { LogController, type FastifyInstance, type FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestContext } from '../api/context';
import { doorError } from '../api/errors';
import { DomainError } from '../core/domain-error';
import { requestBounds, type Operations } from './operation';

/** What a caller may send as its own X-Request-Id; anything else is answered with one of ours. */
const requestIdShape = /^[\w.:-]{1,100}$/;

/** The HTTP door: `/graphql`. Other routes are added by their own files. */
export function createHttpDoor(operations: Operations): FastifyInstance {
  const { log } = operations.services;
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    bodyLimit: requestBounds.bodyBytes,
    requestTimeout: 15_000,
    forceCloseConnections: 'idle',
    // What still comes over a connection that was kept alive is answered; the connection is then closed.
    return503OnClosing: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID();
    },
    // An address that cannot be decoded comes to no route and so past every hook.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      answerFault(error, reply as FastifyReply);
    },
  }) as unknown as FastifyInstance;

  let closing = false;
  const unasked = watchUnasked(app.server);
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of unasked) socket.destroy();
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    // Kept alive, the connection of a request that was under way would hold up the draining.
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    const path = url.split('?')[0];
    const ms = Math.round(reply.elapsedTime);
    request.log.debug({ method, path, status: reply.statusCode, ms }, 'answered');
  });

  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler<RequestContext>(operations.apollo, {
      context: ({ headers, id }) =>
        operations.contextOf(headers.authorization, { requestId: id, door: 'http' }),
    }) as never,
  });

  app.setNotFoundHandler(async (request, reply) => {
    reply.code(404);
    return {
      errors: [doorError(new DomainError('NOT_FOUND', 'There is nothing here.'), request.log)],
    };
  });
  app.setErrorHandler(async (thrown: Error, _request, reply) => answerFault(thrown, reply));
  return app;
}

/**
 * Connections over which nothing was asked yet, as browsers and balancers open them ahead. Node takes
 * them for busy, and would wait for them when the door is closed.
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

/** Answers what went wrong outside an operation, in the shape of an operation's errors. */
function answerFault(thrown: Error & { statusCode?: number }, reply: FastifyReply) {
  const status = thrown.statusCode ?? 500;
  // Fastify's own refusals (a body too large, JSON that is none) are about the request.
  const fault = status < 500 ? new DomainError('BAD_USER_INPUT', thrown.message) : thrown;
  return reply.code(status).send({ errors: [doorError(fault, reply.log)] });
}
