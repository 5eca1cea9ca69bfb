import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError, OperationTypeNode } from 'graphql';
import type { ServerResponse } from 'node:http';
import type { RequestContext } from '../../api/context';
import { doorError, publicError } from '../../api/errors';
import { StreamTracker } from '../../api/tracked-stream';
import { revoked } from '../../access/authenticate';
import type { Principal } from '../../access/principal';
import type { PartFailures } from '../../core/part-failures';
import { ssePaths } from './api-paths';
import type { Callers } from './callers';
import { EventStream } from './event-stream';
import type { Operations } from '../operation/operation';
import { retryAfter } from '../operation/response-status';
import type { PreparedOperation } from '../operation/operation-request';
import { lastEventIdOf, readSseRequest, refusal } from './sse-request';

/** A reader that has not received the last data by then is cut off. */
const farewellMs = 5_000;

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // A reader must reconnect over a new connection, because another process may have to answer.
  connection: 'close',
  // nginx would otherwise buffer events until a page is full.
  'x-accel-buffering': 'no',
};

/**
 * The SSE door: graphql-sse's distinct connections at `/graphql/stream` and
 * `/graphql/<account>/stream`, in front of the same operations as HTTP. A client that returns with the
 * id of its last event continues after it.
 */
export function addSseRoutes(
  app: FastifyInstance,
  operations: Operations,
  { callers, failures }: { callers: Callers; failures: Pick<PartFailures, 'note'> },
) {
  const open = new Map<ServerResponse, EventStream>();
  let isClosing = false;

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { asked, context } = await admit(request, operations, callers);
    if (isClosing)
      throw refusal(503, 'The service is shutting down. Connect again.', 'SERVICE_UNAVAILABLE');
    // A client that has gone already gets no stream: its end would never be noticed.
    if (reply.raw.destroyed) return reply.hijack();
    const { principal } = context.caller;
    if (principal && !operations.connections.enter(principal))
      throw refusal(
        429,
        'Too many connections are open. Close some, or try again later.',
        'RATE_LIMITED',
      );
    const stream = new EventStream(operations.limits);
    open.set(reply.raw, stream);
    reply.raw.once('close', () => open.delete(reply.raw));
    if (principal) {
      const release = endWithCredential(stream, principal, operations);
      void stream.ended.then(release);
    }
    sendResults(stream, asked, { operations, context }).catch((error: unknown) => {
      failures.note('sse', error);
      stream.body.destroy();
    });
    return reply.headers(headers).send(stream.body);
  };

  for (const url of ssePaths) {
    app.route({
      url,
      method: 'OPTIONS',
      handler: (_request, reply) => reply.code(204).header('allow', 'GET, POST, OPTIONS').send(),
    });
    app.route({
      url,
      method: ['GET', 'POST'],
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        try {
          return await answer(request, reply);
        } catch (thrown) {
          if (!(thrown instanceof GraphQLError)) throw thrown;
          operations.count('sse', 'unknown', [thrown]);
          return refuse(reply, thrown);
        }
      },
    });
  }

  return {
    /** How many readers are connected. */
    readerCount: () => open.size,
    /** Sends every reader away, and waits until they have gone. */
    async close(): Promise<void> {
      isClosing = true;
      const gone = [...open.keys()].map(
        (response) => new Promise((resolve) => response.once('close', resolve)),
      );
      for (const stream of open.values())
        stream.sendAway('The service is shutting down. Connect again.');
      const stuck = setTimeout(() => {
        for (const response of open.keys()) response.destroy();
      }, farewellMs);
      await Promise.all(gone);
      clearTimeout(stuck);
    },
  };
}

/** Ends a stream with its credential; the returned function releases what an open stream holds. */
function endWithCredential(
  stream: EventStream,
  principal: Principal,
  { services, bearerEnds, connections }: Operations,
): () => void {
  const holder = {
    bearerEndsAtMs: principal.expiresAtMs,
    bearerEnded: () => stream.sendAway('The credential has expired.'),
  };
  bearerEnds.add(holder);
  const unwatch = services.authenticator.watch(principal, () => {
    // The client must not come back with this credential: the stream gets the reason, then
    // completes.
    void stream.next({ errors: [doorError(revoked(), services.log)] }, null);
    stream.complete();
  });
  return () => {
    bearerEnds.remove(holder);
    unwatch();
    connections.leave(principal);
  };
}

/** What a reader asks for: an operation of a type, or the faults of its text. */
type Asked =
  | { is: OperationTypeNode; operation: PreparedOperation }
  | { is: 'REFUSED'; faults: readonly GraphQLError[] };

/** The caller and the operation; faults of the operation's text are sent in the stream. */
async function admit(
  request: FastifyRequest,
  operations: Operations,
  callers: Callers,
): Promise<{ context: RequestContext; asked: Asked }> {
  const given = readSseRequest(request);
  const { authorization } = request.headers;
  const context = await operations.contextOf(authorization, {
    ...callers.of(request.raw, 'sse'),
    requestId: request.id,
  });
  context.tracker = new StreamTracker(lastEventIdOf(request));
  const prepared = operations.prepare(given, context);
  if (prepared.is === 'REFUSED') return { context, asked: prepared };
  const { operation } = prepared;
  const type = getOperationAST(operation.document, given.operationName)?.operation;
  if (!type) {
    const faults = [refusal(400, 'Unable to identify operation.')];
    return { context, asked: { is: 'REFUSED', faults } };
  }
  if (type === OperationTypeNode.MUTATION && request.method === 'GET') {
    throw refusal(405, 'Send mutations by POST.');
  }
  return { context, asked: { is: type, operation } };
}

/** Sends all results of an operation. A fault ends it: `next` with its errors, then `complete`. */
async function sendResults(
  stream: EventStream,
  asked: Asked,
  { operations, context }: { operations: Operations; context: RequestContext },
): Promise<void> {
  try {
    if (asked.is === 'REFUSED') {
      await stream.next({ errors: operations.maskedErrors(asked.faults) }, null);
    } else if (asked.is !== OperationTypeNode.SUBSCRIPTION) {
      await stream.next(operations.maskedResult(await operations.execute(asked.operation)), null);
    } else {
      const subscription = await operations.subscribe(asked.operation);
      // Nobody reads its further messages.
      void stream.ended.then(() => subscription.close());
      const { tracker } = context;
      if (tracker?.firstEventId) await stream.place(tracker.firstEventId);
      await new Promise<void>((ended, failed) =>
        subscription.readAll({
          receive: (result) =>
            stream.next(operations.maskedResult(result), tracker?.eventId ?? null),
          ended,
          failed,
        }),
      );
    }
  } catch (thrown) {
    await stream.next({ errors: [doorError(thrown, context.log)] }, null);
  }
  stream.complete();
}

/** Answers faults of the request itself, in the shape of an operation's errors. */
function refuse(reply: FastifyReply, fault: GraphQLError): FastifyReply {
  const { status } = fault.extensions.http as { status: number };
  const error = publicError({ message: fault.message, extensions: fault.extensions }, fault);
  if (status === 405) reply.header('allow', 'POST');
  if (status === 429 || status === 503)
    reply.header('retry-after', retryAfter(error.extensions?.retryAfterMs));
  return reply.code(status).send({ errors: [error] });
}
