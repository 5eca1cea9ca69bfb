import type { Log } from '../core/log';
import type { AccountScope } from '../db/account-scope';
import type { StateRef } from '../db/hints';
import { readStateRevision, type JournalEntry } from '../journal/journal-entry';
import { JournalTail } from '../journal/journal-tail';
import { Alarms } from './alarms';
import { loadApiKey } from './api-key';
import { loadAgentAccess, type AgentAccess } from './agent-access';

/** What wakes a stream: entries of the journal, a changed state, or a chance that either changed. */
export interface WatchListener {
  onEntries(entries: readonly JournalEntry[]): void;
  onState(changed: StateRef | 'any'): void;
}

/**
 * One account, watched for all its streams of this process: the tail of its journal, and the values
 * that the streams' permissions depend on. These are read once and forgotten when a hint reports a
 * change.
 */
export class AccountWatch {
  readonly tail: JournalTail;
  /** Instants of the account's clock that streams wait for. */
  readonly alarms: Alarms;
  private readonly listeners = new Set<WatchListener>();
  /** Called when there are new entries, after the listeners. */
  readonly groups = new Set<() => void>();
  private readonly accessByAgent = new Map<string, Remembered<AgentAccess | null>>();
  private readonly liveKeys = new Map<string, Remembered<boolean>>();
  private readonly asked: {
    agentId: string;
    resolve: (read: Promise<AgentAccess | null>) => void;
  }[] = [];
  private clockOffset: Remembered<number> | undefined;
  /** As it was last read: good enough for waiting, because a stream that wakes reads it again. */
  private lastClockOffsetMs = 0;
  private stateRevision: number | undefined;
  /** The revision of the last entries, for which everything was forgotten already. */
  private forgottenAt: number | undefined;

  constructor(
    private readonly scope: AccountScope,
    options: { log: Log; nowMs: () => number; onRead: (newest: JournalEntry) => void },
  ) {
    const { log, nowMs, onRead } = options;
    const { accountId } = scope;
    this.alarms = new Alarms(() => nowMs() + this.lastClockOffsetMs);
    this.tail = new JournalTail(scope, {
      onEntries: (entries, stateRevision) => {
        onRead(entries.at(-1)!);
        this.receive(entries, stateRevision);
      },
      onFailure: (error) => log.warn({ err: error, accountId }, 'the journal could not be read'),
    });
  }

  /** Notes the minimum age of the state that is read from now on, then the end of the journal. */
  async start(): Promise<void> {
    this.stateRevision = (await readStateRevision(this.scope)) ?? undefined;
    await this.tail.start();
  }

  get accountId(): string {
    return this.scope.accountId;
  }

  get listenerCount(): number {
    return this.listeners.size;
  }

  listen(listener: WatchListener): void {
    this.listeners.add(listener);
  }

  unlisten(listener: WatchListener): void {
    this.listeners.delete(listener);
  }

  /** The agent as it is now, read once for all streams until something about it changes. */
  agentAccessOf(agentId: string): Promise<AgentAccess | null> {
    let agentAccess = this.accessByAgent.get(agentId);
    if (!agentAccess) {
      agentAccess = remembered(this.readSoon(agentId));
      this.accessByAgent.set(agentId, agentAccess);
      // A failed read is repeated, not remembered.
      agentAccess.read.catch(() => this.accessByAgent.delete(agentId));
    }
    return agentAccess.read;
  }

  /**
   * Whether the key with that id is not revoked, read once until something about it may have
   * changed.
   */
  isLiveKey(keyId: string): Promise<boolean> {
    let isLive = this.liveKeys.get(keyId);
    if (!isLive) {
      const read = loadApiKey(this.scope, keyId);
      isLive = remembered(read.then((key) => key !== null && !key.isRevoked));
      this.liveKeys.set(keyId, isLive);
      isLive.read.catch(() => this.liveKeys.delete(keyId));
    }
    return isLive.read;
  }

  /** How far the account's clock runs ahead of the database's: the test clock's offset. */
  clockOffsetMs(): Promise<number> {
    if (!this.clockOffset) {
      this.clockOffset = remembered(this.readClockOffset());
      this.clockOffset.read.catch(() => (this.clockOffset = undefined));
    }
    return this.clockOffset.read;
  }

  private async readClockOffset(): Promise<number> {
    const [account] = await this.scope.accounts();
    this.lastClockOffsetMs = account?.testClockOffsetMs ?? 0;
    return this.lastClockOffsetMs;
  }

  /**
   * The agent's access and the clock's offset, if both are remembered and the key behind the
   * credential is known to be valid: then nothing has to be awaited.
   */
  known(
    agentId: string | null,
    keyId: string | null,
  ): { agentAccess: AgentAccess | null; clockOffsetMs: number } | null {
    if (keyId !== null && !this.liveKeys.get(keyId)?.value) return null;
    const clockOffsetMs = this.clockOffset?.value;
    const agentAccess = agentId === null ? null : this.accessByAgent.get(agentId)?.value;
    if (clockOffsetMs === undefined || agentAccess === undefined) return null;
    return { agentAccess, clockOffsetMs };
  }

  /**
   * The agent, the key and the clock are read again at their next use: a new stream must see what
   * its reader did a moment ago on another process, even if no hint of it has arrived here.
   */
  readAnew(agentId: string | null, keyId: string | null): void {
    if (agentId !== null) this.accessByAgent.delete(agentId);
    if (keyId !== null) this.liveKeys.delete(keyId);
    this.clockOffset = undefined;
  }

  stateChanged(state: StateRef): void {
    if (state.kind === 'agent') this.accessByAgent.delete(state.id);
    if (state.kind === 'key') this.liveKeys.delete(state.id);
    if (state.kind === 'account') {
      this.clockOffset = undefined;
      // A closed account's gate is part of every agent's access.
      this.accessByAgent.clear();
    }
    for (const listener of this.listeners) listener.onState(state);
  }

  /** A hint may have been lost: everything is read again. */
  invalidateAll(): void {
    this.forget();
    this.tail.invalidateAll();
    for (const listener of this.listeners) listener.onState('any');
  }

  /** The result of the slow poll. A changed revision means that a hint may have been lost. */
  polled(sequence: number, stateRevision: number): void {
    this.tail.advanceTo(sequence);
    const moved = this.stateRevision !== undefined && stateRevision !== this.stateRevision;
    this.stateRevision = stateRevision;
    if (moved) this.invalidateAll();
  }

  private forget(): void {
    this.accessByAgent.clear();
    this.liveKeys.clear();
    this.clockOffset = undefined;
  }

  private receive(entries: readonly JournalEntry[], stateRevision: number | null): void {
    // A permission that was removed before an entry was written is gone when the entry is sent,
    // even if the hint of the removal is late or lost.
    // Once for each revision: what is read after that is at least as new.
    const isKnown = stateRevision === this.stateRevision || stateRevision === this.forgottenAt;
    if (stateRevision === null || !isKnown) {
      this.forget();
      this.forgottenAt = stateRevision ?? undefined;
    }
    for (const { agentId } of entries) if (agentId) this.accessByAgent.delete(agentId);
    for (const listener of this.listeners) listener.onEntries(entries);
    for (const wake of this.groups) wake();
  }

  /** All reads of one turn of the event loop share a query. */
  private readSoon(agentId: string): Promise<AgentAccess | null> {
    return new Promise((resolve) => {
      this.asked.push({ agentId, resolve });
      if (this.asked.length > 1) return;
      setImmediate(() => {
        const asked = this.asked.splice(0);
        const ids = asked.map((one) => one.agentId);
        const read = loadAgentAccess(this.scope, ids);
        asked.forEach((one, at) =>
          one.resolve(read.then((accessByAgent) => accessByAgent[at] ?? null)),
        );
      });
    });
  }
}

/** A value that is read once; `value` is set as soon as the read has ended. */
interface Remembered<Value> {
  read: Promise<Value>;
  value?: Value;
}

function remembered<Value>(read: Promise<Value>): Remembered<Value> {
  const one: Remembered<Value> = { read };
  read.then(
    (value) => (one.value = value),
    () => {},
  );
  return one;
}
