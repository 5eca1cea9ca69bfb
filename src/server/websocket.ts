import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Context } from 'graphql-ws';
import type { Server as HttpServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { BearerEnded } from '../access/authenticate';
import type { Principal } from '../access/principal';
import { DomainError } from '../core/domain-error';
import type { Config } from '../core/config';
import type { Operations, PreparedOperation } from './operation';
import { isAllowedOrigin } from './origins';

/** Close codes that clients act on; the stock client treats 4401 as final and 4403 as "try again". */
const closeCode = {
  goingAway: 1001,
  unauthenticated: 4401,
  bearerEnded: 4403,
  tooMany: 4429,
  failed: 4500,
};
/** A socket that answers no ping for as long is closed; so is one that accepts nothing. */
const pingEveryMs = 12_000;
/** Longer than any timer of Node's can wait without firing at once. */
const longestTimerMs = 2 ** 31 - 1;

interface Extra extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  principal: Principal | null;
}

/** The WebSocket door: graphql-transport-ws at `/graphql`, in front of the same operations as HTTP. */
export function createWebSocketDoor(
  server: HttpServer,
  operations: Operations,
  { origins }: Pick<Config, 'origins'>,
) {
  const { limits } = operations;
  const sockets = new WebSocketServer({
    server,
    path: '/graphql',
    maxPayload: limits.bodyBytes,
    verifyClient: ({ req }, settle) => settle(isAllowedOrigin(req.headers, origins), 403),
    handleProtocols: (protocols) =>
      protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  // What goes wrong with the server itself, as a port that is taken, is for its starter to hear.
  sockets.on('error', () => {});
  const protocol = makeServer<{ authorization?: unknown }, Extra>({
    connectionInitWaitTimeout: limits.socketInitMs,
    onConnect: (connection) => connect(connection, operations),
    onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
      // The one that is being begun is among them.
      if (Object.keys(subscriptions).length > limits.socketOperations) return [tooManyOperations()];
      const prepared = operations.prepare(payload);
      if (Array.isArray(prepared)) return prepared;
      return { ...prepared, contextValue: operations.contextFor(extra.principal) };
    },
    execute: (args) => operations.execute(args as PreparedOperation),
    subscribe: (args) => operations.subscribe(args as PreparedOperation),
    onNext: (_connection, _id, _payload, _args, result) =>
      result.errors && { ...result, errors: result.errors.map((error) => masked(error)) },
    onError: (_connection, _id, _payload, errors) => errors.map((error) => masked(error)),
  });
  const masked = (error: GraphQLError | GraphQLFormattedError) => operations.masked(error);

  sockets.on('connection', (socket) => serve(socket, protocol, operations));

  return {
    /** How many sockets are open. */
    socketCount: () => sockets.clients.size,
    /** Sends every client elsewhere, and waits until they have gone. */
    async close(): Promise<void> {
      for (const socket of sockets.clients) socket.close(closeCode.goingAway, 'Going away');
      const stuck = setTimeout(() => sockets.clients.forEach((one) => one.terminate()), 5_000);
      await new Promise((resolve) => sockets.close(resolve));
      clearTimeout(stuck);
    },
  };
}

/** Admits a socket by its bearer, and closes it when the bearer ends. */
async function connect(
  { connectionParams, extra }: Context<{ authorization?: unknown }, Extra>,
  operations: Operations,
): Promise<boolean> {
  const { authenticator, clock } = operations.services;
  const { socket } = extra;
  const given = connectionParams?.authorization;
  try {
    extra.principal = await authenticator.authenticate(typeof given === 'string' ? given : '');
  } catch (thrown) {
    if (!(thrown instanceof DomainError)) throw thrown;
    const code = thrown instanceof BearerEnded ? closeCode.bearerEnded : closeCode.unauthenticated;
    socket.close(code, thrown.message);
    return true;
  }
  if (!extra.principal) {
    socket.close(closeCode.unauthenticated, 'A bearer is needed in connection_init.');
    return true;
  }
  // It went while it was asked who it is: there is nothing to count, and nobody to tell its end.
  if (socket.readyState === socket.CLOSED) return true;
  const leave = operations.connections.enter(extra.principal);
  if (!leave) {
    socket.close(closeCode.tooMany, 'Too many connections are open.');
    return true;
  }
  socket.once('close', leave);
  const lastsMs = Math.min(extra.principal.expiresAtMs - clock.nowMs(), longestTimerMs);
  const end = setTimeout(
    () => socket.close(closeCode.bearerEnded, 'The bearer has ended'),
    lastsMs,
  );
  socket.once('close', () => clearTimeout(end));
  return true;
}

function tooManyOperations(): GraphQLError {
  const message = 'Too many operations are under way on this socket.';
  return new GraphQLError(message, { originalError: new DomainError('RATE_LIMITED', message) });
}

/** Joins one socket to the protocol. Nothing that goes wrong with it reaches past it. */
function serve(
  socket: WebSocket,
  protocol: ReturnType<typeof makeServer<{ authorization?: unknown }, Extra>>,
  operations: Operations,
): void {
  const { log } = operations.services;
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEveryMs);
  socket.on('pong', () => (answered = true));
  // A frame too large or torn: the socket closes itself; the log tells, the process lives.
  socket.on('error', (error) => log.info({ err: error }, 'a socket failed'));

  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) => {
        socket.on('message', (data) => {
          receive(String(data)).catch((error: unknown) => {
            log.error({ err: error }, 'a socket message failed');
            socket.close(closeCode.failed, 'Internal server error');
          });
        });
      },
    },
    { socket, principal: null },
  );
  socket.once('close', (code, reason) => {
    clearInterval(ping);
    void closed(code, String(reason));
  });
}

/** Where more than this waits to leave, the reader is slow, and its streams wait for it. */
const waitingBytesMax = 16 * 1024;

/** Sends a text. A promise, where the reader is slow: it resolves when the text has left the process. */
function send(socket: WebSocket, text: string): Promise<void> | void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount < waitingBytesMax) return socket.send(text);
  return new Promise((resolve) => socket.send(text, () => resolve()));
}
