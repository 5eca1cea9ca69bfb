import DataLoader from 'dataloader';
import { loadAgentAccess, type AgentAccess } from '../access/agent-access';
import type { AccountWatch } from '../access/account-watch';
import type { AccountScope } from '../db/account-scope';
import { readJournalCursor } from '../journal/journal-place';
import type { AccountHandles } from './account-handles';
import type { Services } from './services';
import type { LoadMany } from './shared-reads';

/** What a request reads: each thing once, and rows together with their neighbours in the response. */
export class Reads {
  private readonly loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  private nowRead: Promise<number> | undefined;
  private journalCursorRead: Promise<string> | undefined;
  private agentAccessRead: Promise<AgentAccess | null> | undefined;
  private watch: AccountWatch | undefined;

  constructor(
    private readonly services: Services,
    private readonly account: AccountHandles,
  ) {}

  /** A row by its key; null if there is none. */
  load<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row | null> {
    return this.loaderOf(loadMany).load(key);
  }

  /** A row by a key that another row holds: a foreign key says that it is there. */
  async loadExisting<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key): Promise<Row> {
    const row = await this.load(loadMany, key);
    if (row === null) throw new Error(`The row ${String(key)} is gone.`);
    return row;
  }

  /** Keeps a row that is known already, before `load` asks for it. */
  prime<Key, Row>(loadMany: LoadMany<Key, Row>, key: Key, row: Row): void {
    this.loaderOf(loadMany).clear(key).prime(key, row);
  }

  /**
   * The account's present instant, one for the whole request: the estimate of the database's clock,
   * plus the test clock's offset in a sandbox.
   */
  accountNowMs(): Promise<number> {
    this.nowRead ??= (
      this.watch?.clockOffsetMs() ?? this.load(testClockOffsets, this.account.id)
    ).then((offsetMs) => this.services.clock.nowMs() + (offsetMs ?? 0));
    return this.nowRead;
  }

  /** The end of the journal when this was first asked for. */
  journalCursor(): Promise<string> {
    this.journalCursorRead ??= readJournalCursor(this.account.scope);
    return this.journalCursorRead;
  }

  /** What the calling agent may use. */
  agentAccessOf(agentId: string): Promise<AgentAccess | null> {
    this.agentAccessRead ??=
      this.watch?.agentAccessOf(agentId) ?? this.load(loadAgentAccess, agentId);
    return this.agentAccessRead;
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

  /** Forgets rows and the agent's access, after the request itself has used a pass. */
  forgetRows(): void {
    this.loaders.clear();
    this.agentAccessRead = undefined;
  }

  /** Forgets everything but the journal's end: after a mutation, and before a stream's next message. */
  renew(): void {
    this.forgetRows();
    this.nowRead = undefined;
  }

  private loaderOf<Key, Row>(loadMany: LoadMany<Key, Row>): DataLoader<Key, Row | null> {
    let loader = this.loaders.get(loadMany) as DataLoader<Key, Row | null> | undefined;
    if (!loader) {
      loader = new DataLoader<Key, Row | null>((keys) =>
        this.services.reads.load(this.account.scope, loadMany, keys),
      );
      this.loaders.set(loadMany, loader);
    }
    return loader;
  }
}

/** Loads how far the account's clock is ahead of the database's. */
async function testClockOffsets(
  scope: AccountScope,
  accountIds: readonly string[],
): Promise<(number | null)[]> {
  const [account] = await scope.accounts();
  return accountIds.map(() => account?.testClockOffsetMs ?? null);
}
