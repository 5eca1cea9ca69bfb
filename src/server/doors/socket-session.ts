import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  MessageType,
  type ConnectionInitMessage,
  type SubscribeMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Origin } from '../../access/audit';
import { BearerEnded } from '../../access/authenticate';
import type { Principal } from '../../access/principal';
import { DomainError } from '../../core/domain-error';
import type { BearerHolder } from '../operation/bearer-ends';
import type { Operations } from '../operation/operation';
import { readClientMessage } from './client-message';
import type { InitDeadlines } from './init-deadlines';
import { authorizationOf } from './init-authorization';
import type { Beating, SocketHeartbeat } from './socket-heartbeat';
import { SocketOperation, type OperationOwner } from './socket-operation';
import type { SocketSender } from './socket-sender';

/** Close codes that clients act on; the stock client treats 4401 as final, 1013 and 4403 as "try again". */
const closeCode = {
  tryAgainLater: 1013,
  unauthenticated: 4401,
  comeAgain: 4403,
  failed: 4500,
};
/** No cursor is longer, and what is cut is not one. */
const cursorLengthMax = 1_000;
/** The greatest length of a reason in a close frame. */
const reasonBytesMax = 123;

/** What the sessions of a process share. */
export interface SessionTools {
  operations: Operations;
  heartbeat: SocketHeartbeat<SocketSession>;
  initDeadlines: InitDeadlines<SocketSession>;
}

const nothing = () => {};
const noOperations: readonly SocketOperation[] = [];

/**
 * One socket: the server's side of graphql-transport-ws. It is not graphql-ws's own server, which
 * keeps several kilobytes for each idle subscriber. Most sockets are idle, so what all can share is
 * shared: timers, listeners, and functions.
 */
export class SocketSession implements OperationOwner, BearerHolder, Beating {
  principal: Principal | null = null;
  /** `resume` of connection_init: the event streams of the socket continue after this cursor. */
  lastEventId: string | null = null;
  private state: 'OPENED' | 'INITIALISING' | 'ACKNOWLEDGED' = 'OPENED';
  private running = noOperations;
  private readonly beaten: Set<SocketSession>;
  /** Whether it has answered the last ping. */
  private isAlive = true;
  private unwatch = nothing;

  constructor(
    private readonly socket: WebSocket,
    readonly sender: SocketSender,
    readonly caller: Omit<Origin, 'requestId'>,
    /** The bearer token of the handshake, which programs other than browsers can send. */
    private handshake: string | undefined,
    private readonly tools: SessionTools,
  ) {
    this.beaten = tools.heartbeat.add(this);
    tools.initDeadlines.add(this);
    if (socket.protocol !== GRAPHQL_TRANSPORT_WS_PROTOCOL) {
      this.close(CloseCode.SubprotocolNotAcceptable, 'Subprotocol not acceptable');
    }
  }

  /** Receives a text, or null for a binary message. */
  receive(text: string | null): void {
    // After the close frame no message is read: the bearer token may have expired.
    if (this.socket.readyState !== this.socket.OPEN) return;
    const message = text === null ? null : readClientMessage(text);
    switch (message?.type) {
      case MessageType.ConnectionInit:
        return this.initialise(message);
      case MessageType.Ping: {
        const { payload } = message;
        const pong = { type: MessageType.Pong, ...(payload ? { payload } : {}) };
        return void this.sender.send(JSON.stringify(pong));
      }
      case MessageType.Pong:
        return;
      case MessageType.Subscribe:
        return this.subscribe(message);
      case MessageType.Complete:
        return this.complete(message.id);
      case undefined:
        return this.close(CloseCode.BadRequest, 'Invalid message received');
    }
  }

  get operations(): Operations {
    return this.tools.operations;
  }

  get operationCount(): number {
    return this.running.length;
  }

  ended(operation: SocketOperation): void {
    const left = this.running.filter((one) => one !== operation);
    this.running = left.length > 0 ? left : noOperations;
  }

  /** What a message caused has failed for a reason that is not its client's. */
  failed(error: unknown): void {
    this.tools.operations.services.log.error({ err: error }, 'a socket message failed');
    this.close(closeCode.failed, 'Internal server error');
  }

  beat(): void {
    if (!this.isAlive) return this.socket.terminate();
    this.isAlive = false;
    this.socket.ping();
  }

  /** The client has answered a ping. */
  answered(): void {
    this.isAlive = true;
  }

  initIsLate(): void {
    const { ConnectionInitialisationTimeout } = CloseCode;
    this.close(ConnectionInitialisationTimeout, 'Connection initialisation timeout');
  }

  get bearerEndsAtMs(): number {
    return this.principal?.expiresAtMs ?? Infinity;
  }

  bearerEnded(): void {
    this.close(closeCode.comeAgain, 'The credential has expired');
  }

  /** The socket has closed. */
  closed(): void {
    this.cancelOperations();
    const { operations, initDeadlines } = this.tools;
    this.beaten.delete(this);
    initDeadlines.remove(this);
    if (!this.principal) return;
    operations.bearerEnds.remove(this);
    this.unwatch();
    operations.connections.leave(this.principal);
  }

  /** Ends the socket and all its operations. */
  private close(code: number, reason: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.close(code, cut(reason));
    // At once, and not when the client confirms the close, which may take long.
    this.cancelOperations();
  }

  private cancelOperations(): void {
    const canceled = this.running;
    this.running = noOperations;
    for (const operation of canceled) operation.cancel();
  }

  private initialise({ payload }: ConnectionInitMessage): void {
    if (this.state !== 'OPENED') {
      const { TooManyInitialisationRequests } = CloseCode;
      return this.close(TooManyInitialisationRequests, 'Too many initialisation requests');
    }
    this.state = 'INITIALISING';
    this.tools.initDeadlines.remove(this);
    const authorization = authorizationOf(payload, this.handshake);
    this.handshake = undefined;
    // A tool may ask its user for a token and reconnect.
    if (authorization === null) return this.close(closeCode.comeAgain, 'Missing authorization');
    // A value that is not a string is not a cursor either; each stream reports that separately.
    const resume = payload?.resume ?? '';
    const lastEventId = typeof resume === 'string' ? resume : JSON.stringify(resume);
    this.lastEventId = lastEventId === '' ? null : startOf(lastEventId);
    this.admit(authorization).catch((error: unknown) => this.failed(error));
  }

  /** Admits the socket by its bearer token, and closes it when the token expires. */
  private async admit(authorization: string): Promise<void> {
    const { connections, bearerEnds, services } = this.tools.operations;
    const { authenticator, log } = services;
    let principal: Principal;
    try {
      principal = await authenticator.require(authorization, this.caller.ip);
    } catch (thrown) {
      if (thrown instanceof DomainError) return this.close(closeCodeOf(thrown), thrown.message);
      // A key cannot be looked up while the database is away: the client reconnects automatically.
      log.warn({ err: thrown }, 'a credential could not be read');
      return this.close(closeCode.tryAgainLater, 'Try again later');
    }
    // It closed during authentication: there is nothing to count, and its end was already reported.
    if (this.socket.readyState === this.socket.CLOSED) return;
    if (!connections.enter(principal)) {
      return this.close(closeCode.tryAgainLater, 'Too many connections');
    }
    this.principal = principal;
    bearerEnds.add(this);
    this.unwatch = authenticator.watch(principal, () =>
      this.close(closeCode.unauthenticated, 'The credential was revoked.'),
    );
    this.state = 'ACKNOWLEDGED';
    void this.sender.send(acknowledged);
  }

  private subscribe({ id, payload }: SubscribeMessage): void {
    if (this.state !== 'ACKNOWLEDGED') return this.close(CloseCode.Unauthorized, 'Unauthorized');
    if (this.running.some((one) => one.id === id)) {
      return this.close(CloseCode.SubscriberAlreadyExists, `Subscriber for ${id} already exists`);
    }
    const operation = new SocketOperation(this, id);
    this.running = [...this.running, operation];
    operation.start(payload).catch((error: unknown) => this.failed(error));
  }

  private complete(id: string): void {
    const operation = this.running.find((one) => one.id === id);
    if (!operation) return;
    this.ended(operation);
    operation.cancel();
  }
}

const acknowledged = JSON.stringify({ type: MessageType.ConnectionAck });

function closeCodeOf(refusal: DomainError): number {
  if (refusal instanceof BearerEnded) return closeCode.comeAgain;
  const isAway = refusal.code === 'SERVICE_UNAVAILABLE';
  return isAway ? closeCode.tryAgainLater : closeCode.unauthenticated;
}

/** A copy, because a part of a text keeps the whole in memory. */
function startOf(text: string): string {
  return text.length > cursorLengthMax
    ? Buffer.from(text.slice(0, cursorLengthMax)).toString()
    : text;
}

/** The reason, cut to the length of a close frame. */
function cut(reason: string): string {
  let text = reason.slice(0, reasonBytesMax);
  while (Buffer.byteLength(text) > reasonBytesMax) text = text.slice(0, -1);
  return text;
}
