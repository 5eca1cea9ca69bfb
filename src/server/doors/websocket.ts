import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import type { PartFailures } from '../../core/part-failures';
import type { Operations } from '../operation/operation';
import { isSocketPath } from './api-paths';
import type { Callers } from './callers';
import { InitDeadlines } from './init-deadlines';
import { originRefusal, type Origins } from './origins';
import { SocketHeartbeat } from './socket-heartbeat';
import { SendingTurn, SocketSender } from './socket-sender';
import { SocketSession, type SessionTools } from './socket-session';

/** The close code of a service that stops. */
const goingAway = 1001;
/**
 * A client that has not confirmed the close by then is cut off; then there is a moment until it is
 * gone.
 */
const farewellMs = 5_000;
const terminatedMs = 500;

/** A socket that knows its session: so all sockets share their listeners. */
class ServiceSocket extends WebSocket {
  session: SocketSession | undefined;
}

/**
 * The WebSocket door: graphql-transport-ws at `/graphql` and `/graphql/<account>`, in front of the
 * same operations as HTTP.
 */
export function createWebSocketDoor(
  server: HttpServer,
  operations: Operations,
  {
    callers,
    origins,
    failures,
  }: { callers: Callers; origins: Origins; failures: Pick<PartFailures, 'note'> },
) {
  const { limits, services } = operations;
  const sockets = new WebSocketServer<typeof ServiceSocket>({
    server,
    WebSocket: ServiceSocket,
    maxPayload: limits.bodyBytes,
    verifyClient: ({ req }: { req: IncomingMessage }, settle) =>
      settle(origins.allows(req), 403, originRefusal),
    handleProtocols: (protocols) =>
      protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  sockets.shouldHandle = ({ url }) => isSocketPath(url);
  // It only repeats the errors of the HTTP server, which are handled there.
  sockets.on('error', () => {});

  // A frame is too large or malformed: the socket closes itself, the log reports it, and the
  // process continues.
  const onError = (error: Error) => services.log.info({ err: error }, 'a socket failed');
  const onClose = function (this: WebSocket) {
    // Thrown on, it would be an exception that nothing catches.
    try {
      sessionOf(this)?.closed();
    } catch (error) {
      failures.note('websocket', error);
    }
  };
  const turns = new SendingTurn();
  const tools: SessionTools = {
    operations,
    heartbeat: new SocketHeartbeat(limits.heartbeatMs),
    initDeadlines: new InitDeadlines(limits.socketInitMs),
  };
  sockets.on('connection', (socket, request) => {
    try {
      socket.on('message', onMessage).on('pong', onPong).on('error', onError).on('close', onClose);
      const sender = new SocketSender(socket, request.socket, turns);
      const caller = callers.of(request, 'websocket');
      const { authorization } = request.headers;
      socket.session = new SocketSession(socket, sender, caller, authorization, tools);
    } catch (error) {
      failures.note('websocket', error);
      socket.terminate();
    }
  });

  return {
    /** How many sockets are open. */
    socketCount: () => sockets.clients.size,
    /** Sends every client away, and waits until they have gone. */
    async close(): Promise<void> {
      for (const socket of sockets.clients) socket.close(goingAway, 'Going away');
      let timer: NodeJS.Timeout | undefined;
      const stuck = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          for (const socket of sockets.clients) socket.terminate();
          // A socket whose reading stopped in the middle of a frame never reports its close.
          timer = setTimeout(resolve, terminatedMs);
        }, farewellMs);
      });
      await Promise.race([new Promise((resolve) => sockets.close(resolve)), stuck]);
      clearTimeout(timer);
      tools.heartbeat.stop();
    },
  };
}

function sessionOf(socket: WebSocket): SocketSession | undefined {
  return (socket as ServiceSocket).session;
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const session = sessionOf(this);
  try {
    session?.receive(isBinary ? null : String(data));
  } catch (error) {
    session?.failed(error);
  }
}

function onPong(this: WebSocket): void {
  sessionOf(this)?.answered();
}
