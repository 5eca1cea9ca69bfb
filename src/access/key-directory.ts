import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import type { HintCarrier } from '../db/hints';
import { everyShard } from '../db/every-shard';
import { loadApiKeys, type ApiKey } from './api-key';
import { Lookups } from './lookups';
import { keyBehind, type Principal } from './principal';

/** Keys that are kept, so that requests need no query. */
const keysMax = 10_000;
/** For a listener that receives nothing: at most this long until a revocation is found even so. */
const pollEveryMs = 2_000;
/** After this time without a hint or a poll, each request queries the database. */
const sureForMs = 5_000;

/** No key is created later under an id that was invented, and a hint would report it. */
const missingMs = 60_000;

/** Listeners for the end of a key: the sockets that were opened with it. */
interface Held {
  accountId: string;
  onEnd: Set<() => void>;
}

/**
 * The keys that this process knows. A key is forgotten when a hint names it, when a hint may have
 * been lost, or when the slow poll sees that its account's state has changed. If it turns out to be
 * revoked, its holders are notified.
 */
export class KeyDirectory {
  private readonly known = new LRUCache<string, ApiKey>({ max: keysMax });
  private readonly held = new Map<string, Held>();
  private readonly lookups: Lookups<ApiKey>;
  /** Counts what was forgotten: a read that began before is not remembered. */
  private forgotten = 0;
  private polledAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private polling = false;

  constructor(
    private readonly source: DataSource,
    private readonly hints: HintCarrier,
    private readonly log: Log,
  ) {
    this.lookups = new Lookups({ find: (names) => this.load(names), missingMs });
  }

  start(): void {
    this.hints.listen(
      ({ accountId, state }) => {
        if (state?.kind !== 'key') return;
        this.lookups.forgetMissing(nameOf(accountId, state.id));
        this.forget([state.id]);
      },
      () => {
        this.lookups.forgetMissing('any');
        this.forget([...this.known.keys()]);
      },
    );
    this.timer = setInterval(() => void this.poll(), pollEveryMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /**
   * The key as it is now; null if the account has no such key. `isHeld`: the lookup of an unknown
   * key may wait for others.
   */
  async find(accountId: string, keyId: string, isHeld = false): Promise<ApiKey | null> {
    const known = this.known.get(keyId);
    if (known?.accountId === accountId && this.isSure()) return known;
    const { forgotten } = this;
    const key = await this.lookups.find(nameOf(accountId, keyId), isHeld);
    if (key && forgotten === this.forgotten) this.known.set(key.id, key);
    return key;
  }

  /**
   * Calls the listener when the key behind a credential is revoked, until released. Null if there is
   * no key behind it.
   */
  hold(principal: Principal, onEnd: () => void): (() => void) | null {
    const keyId = keyBehind(principal);
    if (keyId === null) return null;
    const { accountId } = principal;
    const held = this.held.get(keyId) ?? { accountId, onEnd: new Set() };
    this.held.set(keyId, held);
    held.onEnd.add(onEnd);
    // It may have been revoked, or forgotten, since its holder connected.
    if (this.known.get(keyId)?.isRevoked !== false) void this.look(keyId, held);
    return () => {
      held.onEnd.delete(onEnd);
      if (held.onEnd.size === 0 && this.held.get(keyId) === held) this.held.delete(keyId);
    };
  }

  private async load(names: readonly string[]): Promise<Map<string, ApiKey>> {
    const refs = names.map((name) => {
      const [accountId = '', keyId = ''] = name.split('/');
      return { accountId, keyId };
    });
    const keys = await loadApiKeys(this.source, refs);
    return new Map(keys.map((key) => [nameOf(key.accountId, key.id), key]));
  }

  private isSure(): boolean {
    const heardAt = Math.max(this.polledAt, this.hints.heardAt());
    return performance.now() - heardAt < sureForMs;
  }

  private forget(keyIds: readonly string[]): void {
    this.forgotten += 1;
    for (const keyId of keyIds) this.known.delete(keyId);
    this.lookAtHeld();
  }

  /** Reads keys again that have holders and are not known. */
  private lookAtHeld(): void {
    for (const [keyId, held] of this.held) {
      if (!this.known.has(keyId)) void this.look(keyId, held);
    }
  }

  private async look(keyId: string, held: Held): Promise<void> {
    try {
      const key = await this.find(held.accountId, keyId);
      if (!key || key.isRevoked) for (const onEnd of [...held.onEnd]) onEnd();
    } catch (error) {
      // The next poll finds that it has holders and is not known, and reads it again.
      this.log.warn({ err: error, keyId }, 'a key could not be read');
    }
  }

  private async poll(): Promise<void> {
    const accountIds = [...this.known.values(), ...this.held.values()].map((one) => one.accountId);
    if (this.polling || accountIds.length === 0) return;
    this.polling = true;
    try {
      const askedAt = performance.now();
      const rows = await this.source.query<{ account_id: string; revision: number }[]>(
        everyShard(
          'known keys',
          'select account_id, revision from state_revisions where account_id = any($1)',
        ),
        [[...new Set(accountIds)]],
      );
      this.polledAt = askedAt;
      const revisions = new Map(rows.map((row) => [row.account_id, row.revision]));
      const moved = [...this.known.values()].filter(
        ({ accountId, revision }) => (revisions.get(accountId) ?? revision) !== revision,
      );
      this.forget(moved.map(({ id }) => id));
    } catch (error) {
      this.log.warn({ err: error }, 'the poll of keys failed');
    } finally {
      this.polling = false;
    }
  }
}

function nameOf(accountId: string, keyId: string): string {
  return `${accountId}/${keyId}`;
}
