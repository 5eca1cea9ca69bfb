import DataLoader from 'dataloader';
import { loadAccessAndClock, type AccessAndClock, type AgentAccess } from '../access/agent-access';
import type { AccountWatch } from '../access/account-watch';
import { nilId } from '../core/ids';
import { readJournalCursor } from '../journal/journal-place';
import type { CommittedBatch } from '../ledger/writer/committed-batch';
import type { AccountHandles } from './account-handles';
import type { Caller } from './caller';
import type { Services } from './services';
import type { LoadMany } from './shared-reads';

/** What a request reads: each thing once, and rows together with their neighbours in the response. */
export class Reads {
  /** Both are made when they are needed: an idle stream would keep two empty tables. */
  private loaders: Map<unknown, DataLoader<unknown, unknown>> | undefined;
  /** Rows that were read before they were asked for. */
  private rows: Map<unknown, Map<unknown, unknown>> | undefined;
  private nowRead: Read<number> | undefined;
  private journalCursorRead: Promise<string> | undefined;
  private accessRead: Read<RequestAccess> | undefined;
  private watch: AccountWatch | undefined;
  private kept: CommittedBatch | undefined;
  /** What the request's last write left; null if it has written nothing, or reads again since. */
  committed: CommittedBatch | null = null;

  constructor(
    private readonly services: Services,
    private readonly account: AccountHandles,
    private readonly caller: Caller,
  ) {}

  /** A row by its key; null if no row has it. */
  load<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row | null> {
    return this.loaderOf(loadMany).load(key);
  }

  /**
   * A row by a key that another row holds: a foreign key says that it is there. A promise only if it
   * was not read by `preload`.
   */
  loadExisting<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Row | Promise<Row> {
    const known = this.rows?.get(loadMany)?.get(key) as Row | undefined;
    return known ?? this.load(loadMany, key).then((row) => existing(row, key));
  }

  /**
   * Reads rows that are about to be asked for, so that the objects of a page need no promises. What
   * cannot be read now is read, and reported, by the fields that need it.
   */
  async preload<Key, Row>(loadMany: LoadMany<Key, Row>, keys: Iterable<Key>): Promise<void> {
    const rows = (this.rows ??= new Map<unknown, Map<unknown, unknown>>());
    const distinct = [...new Set(keys)];
    if (distinct.length === 0) return;
    try {
      const found = await this.services.reads.load(this.account.scope, loadMany, distinct);
      const known = rows.get(loadMany) ?? new Map<unknown, unknown>();
      distinct.forEach((key, at) => known.set(key, found[at] ?? undefined));
      rows.set(loadMany, known);
    } catch {
      // The fields read them again.
    }
  }

  /** Keeps a row that is known already, before `load` asks for it. */
  prime<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key, row: Row): void {
    this.loaderOf(loadMany).clear(key).prime(key, row);
  }

  /**
   * The account's present instant, one for the whole request: the estimate of the database's clock,
   * plus the test clock's offset in a sandbox. A promise only until it is read.
   */
  accountNowMs(): number | Promise<number> {
    this.nowRead ??= readOnce(
      this.readClockOffset().then((offsetMs) => this.services.clock.nowMs() + offsetMs),
    );
    return this.nowRead.value ?? this.nowRead.promise;
  }

  /** The end of the journal when this was first asked for. */
  journalCursor(): Promise<string> {
    this.journalCursorRead ??= readJournalCursor(this.account.scope);
    return this.journalCursorRead;
  }

  /** What the calling agent may use. */
  async agentAccessOf(agentId: string): Promise<AgentAccess | null> {
    this.accessRead ??= readOnce(this.readAccess(agentId));
    return (await this.accessRead.promise).agentAccess;
  }

  /** What this request's permissions depend on, if it has been read; null if it has not. */
  known(agentId: string | null): { agentAccess: AgentAccess | null; nowMs: number } | null {
    const agentAccess = agentId === null ? null : this.accessRead?.value?.agentAccess;
    const nowMs = this.nowRead?.value;
    return agentAccess === undefined || nowMs === undefined ? null : { agentAccess, nowMs };
  }

  /**
   * For a stream: what permissions depend on is read once for all streams of the account, and again
   * when the watch receives a change of it.
   */
  follow(watch: AccountWatch): void {
    this.watch = watch;
  }

  /** What a stream's permissions depend on, if its watch has it in memory. */
  remembered(
    agentId: string | null,
    keyId: string | null,
  ): { agentAccess: AgentAccess | null; nowMs: number } | null {
    const known = this.watch?.known(agentId, keyId);
    if (!known) return null;
    const nowMs = this.services.clock.nowMs() + known.clockOffsetMs;
    return { agentAccess: known.agentAccess, nowMs };
  }

  /** Keeps what a batch left for the time after the request's write: then it is not read again. */
  keep(committed: CommittedBatch): void {
    this.kept = committed;
  }

  /** Forgets rows and the agent's access, after the request itself has used a pass. */
  forgetRows(): void {
    this.loaders = undefined;
    this.rows = undefined;
    this.committed = this.kept ?? null;
    this.kept = undefined;
    this.accessRead = this.committed && !this.watch ? this.accessAfter(this.committed) : undefined;
  }

  /** Forgets everything but the journal's end: after a mutation, and before a stream's next message. */
  renew(): void {
    this.nowRead = undefined;
    this.forgetRows();
  }

  private async readAccess(agentId: string): Promise<RequestAccess> {
    if (this.watch) return { agentAccess: await this.watch.agentAccessOf(agentId) };
    const { scope } = this.account;
    const [found] = await this.services.reads.load(scope, loadAccessAndClock, [agentId]);
    return found ?? { agentAccess: null };
  }

  /** Undefined if the batch was not about the calling agent. */
  private accessAfter(committed: CommittedBatch): Read<RequestAccess> | undefined {
    const agentId = this.caller.principal?.agentId;
    const found = agentId ? committed.agentOf(agentId) : null;
    const { clockOffsetMs, gateShutsAtMs } = committed;
    if (!found || clockOffsetMs === null) return undefined;
    const { id, type, status, role, timeZone, sections } = found.agent;
    const { runningPass } = found;
    const agentAccess: AgentAccess = {
      agent: { id, type, status, role, timeZone, sections },
      runningPass: runningPass && {
        consumptionId: runningPass.consumptionId,
        expiresAtMs: runningPass.expiresAtMs,
      },
      gateShutsAtMs,
    };
    const value = { agentAccess, clockOffsetMs };
    const nowMs = this.services.clock.nowMs() + clockOffsetMs;
    this.nowRead ??= { promise: Promise.resolve(nowMs), value: nowMs };
    return { promise: Promise.resolve(value), value };
  }

  /** Most requests need both: the clock is read with the agent's access. */
  private async readClockOffset(): Promise<number> {
    if (this.watch) return this.watch.clockOffsetMs();
    const agentId = this.caller.principal?.agentId ?? nilId;
    this.accessRead ??= readOnce(this.readAccess(agentId));
    return (await this.accessRead.promise).clockOffsetMs ?? 0;
  }

  private loaderOf<Key, Row>(loadMany: LoadMany<Key, Row>): DataLoader<Key, Row | null> {
    const loaders = (this.loaders ??= new Map<unknown, DataLoader<unknown, unknown>>());
    let loader = loaders.get(loadMany) as DataLoader<Key, Row | null> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Row | null>((keys) =>
        this.services.reads.load(this.account.scope, loadMany, keys),
      );
      loaders.set(loadMany, loader);
    }
    return loader;
  }
}

/** The access of the calling agent, with the account's clock if that was read too. */
type RequestAccess = Pick<AccessAndClock, 'agentAccess'> & Partial<AccessAndClock>;

/** Something that is read once; `value` is set as soon as the read has ended. */
interface Read<Value> {
  promise: Promise<Value>;
  value?: Value;
}

function readOnce<Value>(promise: Promise<Value>): Read<Value> {
  const read: Read<Value> = { promise };
  promise.then(
    (value) => (read.value = value),
    () => {},
  );
  return read;
}

function existing<Row>(row: Row | null, key: unknown): Row {
  if (row === null) throw new Error(`The row ${String(key)} is gone.`);
  return row;
}
