import type { DocumentNode } from 'graphql';
import type { Origin } from '../access/audit';
import type { Principal } from '../access/principal';
import type { Log } from '../core/log';
import { AccountHandles } from './account-handles';
import { Caller } from './caller';
import { Permissions } from './permissions';
import type { ReaderDependencies } from './reader-dependencies';
import { Reads } from './reads';
import type { Services } from './services';
import type { StreamTracker } from './tracked-stream';
import type { ReadyReceiver, WaitingReader } from './waiting-reader';

/**
 * Finds the object of a row id for the caller; null if no object has it. It asks for the permission to
 * the type before it looks, so that a refusal does not tell whether the id exists.
 */
export type NodeLoader = (context: RequestContext, rowId: string) => Promise<object | null>;

export type NodeLoaders = ReadonlyMap<string, NodeLoader>;

/** The services, and how `node` finds what an id names, by the type that the id names. */
export interface RequestServices extends Services {
  nodes: NodeLoaders;
}

/** The surroundings of one request. Resolvers are stateless and reach everything through it. */
export class RequestContext {
  readonly caller: Caller;
  readonly account: AccountHandles;
  readonly reads: Reads;
  readonly permissions: Permissions;
  /** Follows the reader of a stream; null at doors that leave that to their clients. */
  tracker: StreamTracker | null = null;
  /** The id of the last event that a socket's reader received before it came back; null if not given. */
  lastEventId: string | null = null;
  /** The operation's document, if the door has read it already. */
  document: DocumentNode | null = null;

  /** The promises that resolvers of a query have returned to another executor, by their place. */
  resolved: ReadonlyMap<string, unknown> | null = null;

  /** The stream of the journal that this request opened, if it is one. */
  journalReader: WaitingReader | null = null;
  /** Sends ready results of other readers' equal subscriptions to this one; null: the door has no way. */
  receiver: ReadyReceiver | null = null;

  constructor(
    readonly services: RequestServices,
    principal: Principal | null,
    origin: Origin,
  ) {
    this.caller = new Caller(principal, origin);
    this.account = new AccountHandles(services, this.caller);
    this.reads = new Reads(services, this.account, this.caller);
    this.account.reads = this.reads;
    this.permissions = new Permissions(this.caller, this.account, this.reads);
  }

  get log(): Log {
    return this.services.log.child({ requestId: this.caller.origin.requestId });
  }

  /** Forgets what was read and decided: after a mutation, and before a stream's next message. */
  renew(): void {
    this.reads.renew();
    this.permissions.renew();
    this.caller.renew();
  }

  /** The same, without a read: null if that cannot be said. */
  isKnownAlike(dependencies: ReaderDependencies): boolean | null {
    return this.permissions.isKnownAlike(dependencies);
  }

  /** Whether another reader's result is this caller's too. A promise only if something is read for it. */
  answersAlike(dependencies: ReaderDependencies): boolean | Promise<boolean> {
    return this.permissions.answerAlike(dependencies, () => this.renew());
  }
}
