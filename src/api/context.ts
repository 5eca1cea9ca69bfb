import DataLoader from 'dataloader';
import type { DocumentNode } from 'graphql';
import type { DataSource } from 'typeorm';
import type { Attribution, Origin } from '../access/audit';
import type { AccountWatch } from '../access/account-watch';
import type { AccountWatches } from '../access/account-watches';
import type { Authenticator } from '../access/authenticate';
import { enterByKey } from '../access/enter-by-key';
import { keyBehind, type Principal } from '../access/principal';
import type { ProviderSignIn } from '../access/provider-sign-in';
import {
  hasRight,
  isShut,
  missingPermission,
  requireRight,
  rights,
  sectionOf,
  type Asker,
  type Right,
} from '../access/rights';
import { loadAgentAccess, type AgentAccess } from '../access/agent-access';
import { DomainError } from '../core/domain-error';
import type { Limits } from '../core/config';
import type { FetchRules } from '../core/fetch-json';
import type { Log } from '../core/log';
import { AccountScope } from '../db/account-scope';
import { AccountState } from '../db/account-state';
import { isUsedUp } from '../db/data-source';
import type { DatabaseClock } from '../db/database-clock';
import type { HintCarrier } from '../db/hints';
import type { Secrets } from '../db/secrets';
import { readJournalCursor } from '../journal/journal-place';
import { AccountLedger } from '../ledger/account-ledger';
import type { LedgerWriter } from '../ledger/ledger-writer';
import type { Actor, Consumption } from '../ledger/model/ledger';
import { ReaderDependencies } from './reader-dependencies';
import type { CallLimit } from './call-limit';
import type { ReaderPlace } from './resume';
import type { LoadMany, SharedReads } from './shared-reads';

/** What `main.ts` builds once and every request uses. */
export interface Services {
  source: DataSource;
  /** Connections that only sign-in, gate questions and consumption use. */
  reserved: DataSource;
  clock: DatabaseClock;
  authenticator: Authenticator;
  signIn: ProviderSignIn;
  /** Where an identity provider may be. */
  fetchRules: FetchRules;
  ledger: LedgerWriter;
  hints: HintCarrier;
  watches: AccountWatches;
  /** How `node` finds what an id names, by the type that the id names. */
  nodes: NodeLoaders;
  secrets: Secrets;
  /** Joins what several requests read at one moment. */
  reads: SharedReads;
  /** How often fields that must not be hammered are called. */
  calls: CallLimit;
  limits: Limits;
  log: Log;
  /** Where people reach the service; known when it listens. */
  address: { publicUrl: string };
}

/**
 * Finds the object of a row id for the caller; null if there is none. It requires the permission
 * for the type before it reads, so that the answer without the permission does not show whether the
 * id exists.
 */
export type NodeLoader = (context: RequestContext, rowId: string) => Promise<object | null>;

export type NodeLoaders = ReadonlyMap<string, NodeLoader>;

/** One request's surroundings. Resolvers are stateless and reach everything through it. */
export class RequestContext {
  private readonly loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  private accountNowRead: Promise<number> | undefined;
  private journalCursorRead: Promise<string> | undefined;
  private agentAccessRead: Promise<AgentAccess | null> | undefined;
  private readonly required = new Map<Right, Promise<void> | 'HELD'>();
  private watch: AccountWatch | undefined;
  private mayTakePass = false;
  /** Whether it only asks the gate or consumes: then it is answered even if reads are busy. */
  mayUseReserved = false;
  private entering: Promise<void> | undefined;
  private passTaken: Consumption | null = null;
  /** What was asked about the reader since the last `renew`. */
  asked = new ReaderDependencies();
  /** Where the reader of a stream is; null at doors that leave that to their clients. */
  place: ReaderPlace | null = null;
  /** The last cursor that the reader of a socket heard before it came back; null if it gives none. */
  resume: string | null = null;
  /** What is asked for, where the door has read it already. */
  document: DocumentNode | null = null;

  constructor(
    readonly services: Services,
    readonly principal: Principal | null,
    /** From where it was asked. */
    readonly origin: Origin,
  ) {}

  /** Who asks; throws UNAUTHENTICATED where no credential came. */
  get viewer(): Principal {
    this.asked.isPersonal = true;
    return this.someone;
  }

  /** The account whose data this request is about: the viewer's. */
  get accountId(): string {
    return this.someone.accountId;
  }

  /** Whether it is that agent who asks. */
  isViewer(agentId: string): boolean {
    const isViewer = this.someone.agentId === agentId;
    this.asked.viewers.set(agentId, isViewer);
    return isViewer;
  }

  private get someone(): Principal {
    if (this.principal) return this.principal;
    throw new DomainError(
      'UNAUTHENTICATED',
      'This needs a credential: send a bearer token in the Authorization header.',
    );
  }

  /** Who the journal says it was; null for a contact, who changes nothing. */
  get actor(): Actor | null {
    const { agentId, keyId } = this.viewer;
    if (keyId !== null) return { kind: 'API_KEY', id: keyId };
    return agentId ? { kind: 'AGENT', id: agentId } : null;
  }

  /** Who did it and from where, for the audit trail. */
  get attribution(): Attribution {
    return { actor: this.actor, origin: this.origin };
  }

  /** Reads within the viewer's account. */
  get scope(): AccountScope {
    const { source, reserved } = this.services;
    return this.mayUseReserved && isUsedUp(source)
      ? new AccountScope(reserved, this.accountId, 'reserved')
      : new AccountScope(source, this.accountId);
  }

  /** Commands on the passes of the viewer's account. */
  get ledger(): AccountLedger {
    return new AccountLedger(this.services.ledger, this.accountId);
  }

  /** Writes of the viewer's account that are not about its passes. */
  get state(): AccountState {
    return new AccountState(this.services, this.accountId);
  }

  /**
   * The account's present instant, one for the whole request: the estimate of the database's clock,
   * plus the test clock's offset in a sandbox.
   */
  accountNowMs(): Promise<number> {
    this.accountNowRead ??= (
      this.watch?.clockOffsetMs() ?? this.load(testClockOffsets, this.accountId)
    ).then((offsetMs) => this.services.clock.nowMs() + (offsetMs ?? 0));
    return this.accountNowRead;
  }

  /** The agent who asks, as it stands at this request; null for a contact. Read once. */
  agentAccess(): Promise<AgentAccess | null> {
    this.asked.isPersonal = true;
    return this.readAgentAccess();
  }

  private readAgentAccess(): Promise<AgentAccess | null> {
    const { agentId } = this.someone;
    if (!agentId) return Promise.resolve(null);
    this.agentAccessRead ??=
      this.watch?.agentAccessOf(agentId) ?? this.load(loadAgentAccess, agentId);
    return this.agentAccessRead;
  }

  /**
   * Throws FORBIDDEN or DAY_PASS_REQUIRED if the caller lacks the permission, or access. Decided
   * once per request, even if many objects of a response ask; after that there is nothing to wait
   * for.
   */
  require(right: Right): Promise<void> | void {
    const known = this.required.get(right);
    if (known) return known === 'HELD' ? undefined : known;
    const decided: Promise<void> = this.decide(right).then(() => {
      // What was decided before `renew` does not hold after it.
      if (this.required.get(right) === decided) this.required.set(right, 'HELD');
    });
    this.required.set(right, decided);
    return decided;
  }

  private async decide(right: Right): Promise<void> {
    // The instant decides only where a pass does: without a gate it is not asked for.
    const nowMs = rights[right].gated ? await this.accountNowMs() : 0;
    const asker = await this.asker();
    if (hasRight(right, asker) && isShut(right, asker, nowMs)) await this.enterForGatedData(right);
    const { asked } = this;
    asked.rights.set(right, false);
    requireRight(right, await this.asker(), nowMs);
    asked.rights.set(right, true);
  }

  private async asker(): Promise<Asker> {
    return { principal: this.someone, agentAccess: await this.readAgentAccess() };
  }

  /** The door has found that this request may take a pass, if its key is one that does. */
  permitTakingPass(): void {
    this.mayTakePass = true;
  }

  /** The pass that this request took by its key, if it took one. */
  get takenPass(): Consumption | null {
    return this.passTaken;
  }

  /**
   * The guards of gated data wait for this, once per request: no resolver takes a pass on its own.
   * For a key with CONSUME, one pass is taken unless one is active; for other callers nothing
   * changes.
   */
  private async enterForGatedData(right: Right): Promise<void> {
    const viewer = this.someone;
    if (viewer.kind !== 'AGENT_API_KEY' || viewer.whenNoDayPass !== 'CONSUME') return;
    if (!this.mayTakePass) return;
    this.entering ??= enterByKey(this.ledger, viewer, sectionOf(right)).then((taken) => {
      this.passTaken = taken;
      // What was read before the agent had access is no longer valid.
      this.loaders.clear();
      this.agentAccessRead = undefined;
    });
    await this.entering;
  }

  /** Whether `require` would let it through. */
  async has(right: Right): Promise<boolean> {
    try {
      await this.require(right);
      return true;
    } catch (thrown) {
      if (thrown instanceof DomainError) return false;
      throw thrown;
    }
  }

  /**
   * Whether all that another's execution asked comes out the same for this reader now. A promise only
   * where something has to be read for it.
   */
  answersAlike({
    rights: asked,
    viewers,
    isPersonal,
  }: ReaderDependencies): boolean | Promise<boolean> {
    if (isPersonal) return false;
    const principal = this.someone;
    for (const [agentId, isViewer] of viewers) {
      if ((principal.agentId === agentId) !== isViewer) return false;
    }
    if (asked.size === 0) return true;
    const known = this.watch?.known(principal.agentId, keyBehind(principal));
    if (!known) return this.hasAlike(asked);
    const asker = { principal, agentAccess: known.agentAccess };
    const nowMs = this.services.clock.nowMs() + known.clockOffsetMs;
    for (const [right, holds] of asked) {
      if ((missingPermission(right, asker, nowMs) === null) !== holds) return false;
    }
    return true;
  }

  private async hasAlike(asked: ReaderDependencies['rights']): Promise<boolean> {
    this.renew();
    for (const [right, holds] of asked) if ((await this.has(right)) !== holds) return false;
    return true;
  }

  /** Where the journal stood when this was first asked for. */
  readJournalCursor(): Promise<string> {
    this.journalCursorRead ??= readJournalCursor(this.scope);
    return this.journalCursorRead;
  }

  /**
   * For a stream: what permissions depend on is read once for all streams of the account, and again
   * when the watch reports a change.
   */
  follow(watch: AccountWatch): void {
    this.watch = watch;
  }

  /** Forgets what was read: after a mutation, and for the next message of a stream. */
  renew(): void {
    this.loaders.clear();
    this.required.clear();
    this.accountNowRead = undefined;
    this.agentAccessRead = undefined;
    this.asked = new ReaderDependencies();
  }

  get log(): Log {
    return this.services.log.child({ requestId: this.origin.requestId });
  }

  /** One row by key: batched with its neighbours in the response, read once a request. */
  load<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row | null> {
    return this.loaderOf(loadMany).load(key);
  }

  /** One row by a key that another row holds: a foreign key guarantees that it exists. */
  async loadExisting<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row> {
    const row = await this.load(loadMany, key);
    if (row === null) throw new Error(`The row ${String(key)} does not exist.`);
    return row;
  }

  /** Puts a row that is known already before `load` asks for it. */
  prime<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key, row: Row): void {
    this.loaderOf(loadMany).clear(key).prime(key, row);
  }

  private loaderOf<Key, Row>(loadMany: LoadMany<Key, Row>): DataLoader<Key, Row | null> {
    let loader = this.loaders.get(loadMany) as DataLoader<Key, Row | null> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Row | null>((keys) =>
        this.services.reads.load(this.scope, loadMany, keys),
      );
      this.loaders.set(loadMany, loader as DataLoader<unknown, unknown>);
    }
    return loader;
  }
}

/** Loads how far the account's clock runs ahead of the database's. */
async function testClockOffsets(
  scope: AccountScope,
  accountIds: readonly string[],
): Promise<(number | null)[]> {
  const [account] = await scope.accounts();
  return accountIds.map(() => account?.testClockOffsetMs ?? null);
}
