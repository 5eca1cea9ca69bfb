import { GraphQLError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Context } from 'graphql-ws';
import type { Server as HttpServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { BearerEnded } from '../../access/authenticate';
import type { Origin } from '../../access/audit';
import type { Principal } from '../../access/principal';
import { DomainError } from '../../core/domain-error';
import { refuseKeys } from '../../core/forbidden-keys';
import type { PartFailures } from '../../core/part-failures';
import { whenBearerEnds } from '../operation/bearer-end';
import { isSocketPath } from './api-paths';
import type { Callers } from './callers';
import { checkClientMessages } from '../operation/client-messages';
import { authorizationOf } from './init-authorization';
import { badInput, type Operations } from '../operation/operation';
import type { PreparedOperation } from '../operation/operation-request';
import { originRefusal, type Origins } from './origins';
import { SocketReceiver } from './socket-receiver';
import { SendingTurn, SocketSender } from './socket-sender';

/** Close codes that clients act on; the stock client treats 4401 as final, 1013 and 4403 as "try again". */
const closeCode = {
  goingAway: 1001,
  tryAgainLater: 1013,
  unauthenticated: 4401,
  comeAgain: 4403,
  failed: 4500,
};
/**
 * A client that has not confirmed the close by then is cut off; then there is a moment until it is
 * gone.
 */
const farewellMs = 5_000;
const terminatedMs = 500;
/** The greatest length of a reason in a close frame. */
const reasonBytesMax = 123;

/** No cursor is longer, and what is cut is not one. */
const cursorLengthMax = 1_000;

interface Extra extends Record<PropertyKey, unknown> {
  socket: WebSocket;
  sender: SocketSender;
  principal: Principal | null;
  caller: Omit<Origin, 'requestId'>;
  /** The bearer token of the handshake, which programs other than browsers can send. */
  handshake: string | undefined;
  /** `resume` of connection_init: the event streams of the socket continue after this cursor. */
  lastEventId: string | null;
  /** Ends the socket and all its operations. */
  close(code: number, reason: string): void;
}

type Protocol = ReturnType<typeof makeServer<Record<string, unknown>, Extra>>;

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
  const { limits } = operations;
  const sockets = new WebSocketServer({
    server,
    maxPayload: limits.bodyBytes,
    verifyClient: ({ req }, settle) => settle(origins.allows(req), 403, originRefusal),
    handleProtocols: (protocols) =>
      protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  sockets.shouldHandle = ({ url }) => isSocketPath(url);
  // It only repeats the errors of the HTTP server, which are handled there.
  sockets.on('error', () => {});
  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.socketInitMs,
    async onConnect(connection) {
      const isAdmitted = await connect(connection, operations);
      // Everything in it that is needed has been read; the rest may be long, and would be kept.
      Object.assign(connection, { connectionParams: undefined });
      return isAdmitted;
    },
    onSubscribe: async ({ extra, subscriptions }, id, request) => {
      // They include the operation that is just starting.
      if (Object.keys(subscriptions).length > limits.socketOperations) return [tooManyOperations()];
      const admission = await operations.contextFor(extra.principal, extra.caller);
      if (admission.is === 'REFUSED') return admission.faults;
      const { context } = admission;
      context.lastEventId = extra.lastEventId;
      context.receiver = new SocketReceiver(extra.sender, id);
      const refusal = refuseKeys(request);
      if (refusal) return [badInput(refusal)];
      const { query, operationName, variables, extensions } = request;
      const asked = { query, operationName, variables, extensions };
      const prepared = operations.prepare(asked, context);
      return prepared.is === 'PREPARED' ? prepared.operation : prepared.faults;
    },
    execute: (args) => operations.execute(args as PreparedOperation),
    subscribe: (args) => operations.subscribe(args as PreparedOperation),
    onNext: (_connection, _id, _payload, _args, result) => operations.maskedResult(result),
    onError: (_connection, _id, _payload, errors) => operations.maskedErrors(errors),
  });

  const turns = new SendingTurn();
  sockets.on('connection', (socket, request) => {
    const failed = (error: unknown) => {
      failures.note('websocket', error);
      socket.terminate();
    };
    // Thrown on, it would be an exception that nothing catches.
    try {
      const from = {
        caller: callers.of(request, 'websocket'),
        handshake: request.headers.authorization,
        sender: new SocketSender(socket, request.socket, turns),
      };
      serve(socket, from, { protocol, operations, failed });
    } catch (error) {
      failed(error);
    }
  });

  return {
    /** How many sockets are open. */
    socketCount: () => sockets.clients.size,
    /** Sends every client away, and waits until they have gone. */
    async close(): Promise<void> {
      for (const socket of sockets.clients) socket.close(closeCode.goingAway, 'Going away');
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
    },
  };
}

/** Admits a socket by its bearer token, and closes it when the token expires. */
async function connect(
  { connectionParams, extra }: Context<Record<string, unknown>, Extra>,
  operations: Operations,
): Promise<boolean> {
  const { authenticator, log } = operations.services;
  const { socket, close } = extra;
  const authorization = authorizationOf(connectionParams, extra.handshake);
  // A tool may ask its user for a token and reconnect.
  if (authorization === null) {
    close(closeCode.comeAgain, 'Missing authorization');
    return true;
  }
  let principal: Principal;
  try {
    principal = await authenticator.require(authorization, extra.caller.ip);
  } catch (thrown) {
    if (!(thrown instanceof DomainError)) {
      // A key cannot be looked up while the database is away: the client reconnects automatically.
      log.warn({ err: thrown }, 'a credential could not be read');
      close(closeCode.tryAgainLater, 'Try again later');
      return true;
    }
    close(closeCodeOf(thrown), thrown.message);
    return true;
  }
  extra.principal = principal;
  // A value that is not a string is not a cursor either; each stream reports that separately.
  const resume = connectionParams?.resume ?? '';
  const lastEventId = typeof resume === 'string' ? resume : JSON.stringify(resume);
  extra.lastEventId = lastEventId === '' ? null : lastEventId.slice(0, cursorLengthMax);
  // It closed during authentication: there is nothing to count, and its end was already reported.
  if (socket.readyState === socket.CLOSED) return true;
  const leave = operations.connections.enter(principal);
  if (!leave) {
    close(closeCode.tryAgainLater, 'Too many connections');
    return true;
  }
  const releases = [
    leave,
    whenBearerEnds(operations.services, principal, () =>
      close(closeCode.comeAgain, 'The credential has expired'),
    ),
    authenticator.watch(principal, () =>
      close(closeCode.unauthenticated, 'The credential was revoked.'),
    ),
  ];
  socket.once('close', () => releases.forEach((release) => release()));
  return true;
}

function closeCodeOf(refusal: DomainError): number {
  if (refusal instanceof BearerEnded) return closeCode.comeAgain;
  const isAway = refusal.code === 'SERVICE_UNAVAILABLE';
  return isAway ? closeCode.tryAgainLater : closeCode.unauthenticated;
}

function tooManyOperations(): GraphQLError {
  const message = 'Too many operations are active on this socket. Complete some first.';
  return new GraphQLError(message, { originalError: new DomainError('RATE_LIMITED', message) });
}

/** Connects one socket to the protocol. Its failures affect no other socket. */
function serve(
  socket: WebSocket,
  from: Pick<Extra, 'caller' | 'handshake' | 'sender'>,
  {
    protocol,
    operations,
    failed,
  }: { protocol: Protocol; operations: Operations; failed: (error: unknown) => void },
): void {
  const { services, limits } = operations;
  const { log } = services;
  let answered = true;
  const ping = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, limits.heartbeatMs);
  socket.on('pong', () => (answered = true));
  // A frame is too large or malformed: the socket closes itself, the log reports it, and the
  // process continues.
  socket.on('error', (error) => log.info({ err: error }, 'a socket failed'));

  let connectionClosed: (code: number, reason: string) => Promise<void> = async () => {};
  const close = (code: number, reason: string) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.close(code, cut(reason));
    // At once, and not when the client confirms the close, which may take long.
    connectionClosed(code, reason).catch(failed);
  };
  connectionClosed = protocol.opened(
    {
      protocol: socket.protocol,
      send: (text) => from.sender.send(text),
      close,
      onMessage: (receive) => {
        const receiveMessage = checkClientMessages(receive, close);
        socket.on('message', (data, isBinary) => {
          // After the close frame no message is read: the bearer token may have expired.
          if (socket.readyState !== socket.OPEN) return;
          receiveMessage(isBinary ? null : String(data)).catch((error: unknown) => {
            log.error({ err: error }, 'a socket message failed');
            close(closeCode.failed, 'Internal server error');
          });
        });
      },
    },
    { ...from, socket, principal: null, lastEventId: null, close },
  );
  socket.once('close', (code, reason) => {
    clearInterval(ping);
    connectionClosed(code, String(reason)).catch(failed);
  });
}

/** The reason, cut to the length of a close frame. */
function cut(reason: string): string {
  let text = reason.slice(0, reasonBytesMax);
  while (Buffer.byteLength(text) > reasonBytesMax) text = text.slice(0, -1);
  return text;
}
