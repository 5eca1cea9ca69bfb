import { getOperationAST, GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { MessageType, type SubscribePayload } from 'graphql-ws';
import type { Origin } from '../../access/audit';
import type { Principal } from '../../access/principal';
import type { StreamReader } from '../../api/stream';
import type { ReadyReceiver, ReadyResult } from '../../api/waiting-reader';
import { DomainError } from '../../core/domain-error';
import { refuseKeys } from '../../core/forbidden-keys';
import { badInput, type Operations } from '../operation/operation';
import type { Preparation, PreparedOperation } from '../operation/operation-request';
import type { Subscription } from '../operation/subscription';
import { nextMessage, textFrame } from './socket-frame';
import type { SocketSender } from './socket-sender';

/** The socket of an operation, and who sent it. */
export interface OperationOwner {
  readonly operations: Operations;
  readonly sender: SocketSender;
  readonly principal: Principal | null;
  readonly caller: Omit<Origin, 'requestId'>;
  readonly lastEventId: string | null;
  /** Operations that run, this one included. */
  readonly operationCount: number;
  /** The operation has sent its last message. */
  ended(operation: SocketOperation): void;
}

/**
 * One operation of a socket, which sends its results to the client. The socket compares operations as
 * objects and not by id, because a client that completes one may use its id again immediately.
 */
export class SocketOperation implements StreamReader<ExecutionResult>, ReadyReceiver {
  private subscription: Subscription | null = null;
  /** Its client has completed it or has gone: nothing more is sent, not even its end. */
  private isCanceled = false;

  constructor(
    private readonly session: OperationOwner,
    readonly id: string,
  ) {}

  /** Runs a query or a mutation; of a subscription it resolves when its messages are being read. */
  async start(request: SubscribePayload): Promise<void> {
    const { operations } = this.session;
    const prepared = await this.prepare(request);
    if (this.isCanceled) return;
    if (prepared.is === 'REFUSED') return this.refuse(prepared.faults);
    const { operation } = prepared;
    const type = getOperationAST(operation.document, operation.operationName)?.operation;
    if (!type) return this.refuse([new GraphQLError('Unable to identify operation')]);
    if (type !== OperationTypeNode.SUBSCRIPTION) {
      void this.receive(await operations.execute(operation));
      return this.ended();
    }
    return this.subscribe(operation);
  }

  /** Its client wants no more of it. */
  cancel(): void {
    this.isCanceled = true;
    void this.subscription?.close();
  }

  /** A promise if the reader is slow. */
  receive(result: ExecutionResult): Promise<void> | void {
    if (this.isCanceled) return;
    const { operations, sender } = this.session;
    return sender.send(nextMessage(this.id, JSON.stringify(operations.maskedResult(result))));
  }

  ended(): void {
    this.end({ id: this.id, type: MessageType.Complete });
  }

  /** The reader receives the fault as the last message. */
  failed(thrown: unknown): void {
    const originalError = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.refuse([new GraphQLError(originalError.message, { originalError })]);
  }

  get isReady(): boolean {
    return this.session.sender.isReady;
  }

  send(ready: ReadyResult): void {
    const frame = ready.framed(this.id, (text) => textFrame(nextMessage(this.id, text)));
    this.session.sender.sendFrame(frame);
  }

  private async subscribe(operation: PreparedOperation): Promise<void> {
    try {
      this.subscription = await this.session.operations.subscribe(operation);
    } catch (thrown) {
      return this.failed(thrown);
    }
    if (this.isCanceled) return this.subscription.close();
    this.subscription.readAll(this);
  }

  private async prepare(request: SubscribePayload): Promise<Preparation> {
    const { session } = this;
    const { operations } = session;
    if (session.operationCount > operations.limits.socketOperations) {
      return { is: 'REFUSED', faults: [tooManyOperations()] };
    }
    const admission = await operations.contextFor(session.principal, session.caller);
    if (admission.is === 'REFUSED') return admission;
    const { context } = admission;
    context.lastEventId = session.lastEventId;
    context.receiver = this;
    const refusal = refuseKeys(request);
    if (refusal) return { is: 'REFUSED', faults: [badInput(refusal)] };
    const { query, operationName, variables, extensions } = request;
    return operations.prepare({ query, operationName, variables, extensions }, context);
  }

  private refuse(faults: readonly GraphQLError[]): void {
    if (this.isCanceled) return;
    const payload = this.session.operations.maskedErrors(faults);
    this.end({ id: this.id, type: MessageType.Error, payload });
  }

  private end(message: object): void {
    if (this.isCanceled) return;
    void this.session.sender.send(JSON.stringify(message));
    this.session.ended(this);
  }
}

function tooManyOperations(): GraphQLError {
  const message = 'Too many operations are active on this socket. Complete some first.';
  return new GraphQLError(message, { originalError: new DomainError('RATE_LIMITED', message) });
}
