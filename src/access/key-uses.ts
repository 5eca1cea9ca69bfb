import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import { AccountScope } from '../db/account-scope';
import type { ApiKey } from './api-key';

/** `lastUsedAt` is for people who look for unused keys: a precision of a minute is enough. */
const writeEveryMs = 60_000;
/** Uses are collected for this long and written after the requests that made them. */
const gatherMs = 500;

/** Notes when keys were used, after the requests and at most once per minute for each key. */
export class KeyUses {
  private readonly gathered = new Map<string, { accountId: string; atMs: number }>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: DataSource,
    private readonly log: Log,
  ) {}

  /** Never fails and waits for nothing. */
  note(key: ApiKey, atMs: number): void {
    if (atMs - key.lastUsedAtMs < writeEveryMs) return;
    key.lastUsedAtMs = atMs;
    this.gathered.set(key.id, { accountId: key.accountId, atMs });
    this.timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Writes what was noted; resolves when it is written. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.flush();
    await this.writing;
  }

  private flush(): void {
    this.timer = undefined;
    const uses = [...this.gathered];
    this.gathered.clear();
    this.writing = this.writing.then(() => this.write(uses));
  }

  private async write(uses: [id: string, use: { accountId: string; atMs: number }][]) {
    try {
      for (const [id, { accountId, atMs }] of uses) {
        // Another process may have written it within the minute.
        const scope = new AccountScope(this.source, accountId);
        await scope.query(
          `update api_keys set last_used_at = $3 where account_id = $1 and id = $2
             and (last_used_at is null or last_used_at <= $3::timestamptz - interval '1 minute')`,
          [id, new Date(atMs)],
        );
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the last use of a key was not written');
    }
  }
}
