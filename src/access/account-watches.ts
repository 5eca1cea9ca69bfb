import type { DataSource } from 'typeorm';
import type { Log } from '../core/log';
import { AccountScope } from '../db/account-scope';
import { everyShard } from '../db/every-shard';
import type { Hint, HintCarrier } from '../db/hints';
import { entryOfSealed, type JournalEntry } from '../journal/journal-entry';
import type { SealedEntry } from '../ledger/writer/seal-entries';
import { AccountWatch, type WatchListener } from './account-watch';

/** For a listener that receives nothing: at most this long until a change is found even so. */
const pollEveryMs = 2_000;

interface PolledRow {
  account_id: string;
  sequence: number;
  revision: number;
}

/** Every account that some stream of this process watches. */
export class AccountWatches {
  private readonly watches = new Map<string, { watch: AccountWatch; ready: Promise<void> }>();
  private timer: NodeJS.Timeout | undefined;
  private polling = false;

  constructor(
    private readonly source: DataSource,
    private readonly log: Log,
    private readonly options: {
      /** The estimate of the database's clock. */
      nowMs: () => number;
      /** Receives the newest entry of each read, so that the delay of reading can be measured. */
      onRead: (newest: JournalEntry) => void;
    },
  ) {}

  /** Receives the hints of `carrier`, and polls slowly in addition. */
  start(carrier: HintCarrier): void {
    carrier.listen(
      (hint) => this.receive(hint),
      () => this.invalidateAll(),
    );
    this.timer = setInterval(() => void this.poll(), pollEveryMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** How many streams watch, over all accounts. */
  get listenerCount(): number {
    let count = 0;
    for (const { watch } of this.watches.values()) count += watch.listenerCount;
    return count;
  }

  /** Watches an account for a listener, which receives everything that happens after this resolves. */
  async attach(accountId: string, listener: WatchListener): Promise<AccountWatch> {
    let watched = this.watches.get(accountId);
    if (!watched) {
      const { log, options } = this;
      const scope = new AccountScope(this.source, accountId);
      const watch = new AccountWatch(scope, { log, ...options });
      watched = { watch, ready: watch.start() };
      this.watches.set(accountId, watched);
    }
    const { watch, ready } = watched;
    watch.listen(listener);
    try {
      await ready;
    } catch (error) {
      this.detach(watch, listener);
      throw error;
    }
    return watch;
  }

  detach(watch: AccountWatch, listener: WatchListener): void {
    watch.unlisten(listener);
    if (watch.listenerCount === 0 && this.watches.get(watch.accountId)?.watch === watch) {
      this.watches.delete(watch.accountId);
    }
  }

  /** Entries that this process has just committed: its streams need not read them back. */
  offer(accountId: string, entries: readonly SealedEntry[]): void {
    const watched = this.watches.get(accountId);
    if (!watched || entries.length === 0) return;
    watched.watch.tail.offer(entries.map((entry) => entryOfSealed(accountId, entry)));
  }

  private receive({ accountId, sequence, state }: Hint): void {
    const watch = this.watches.get(accountId)?.watch;
    if (!watch) return;
    if (sequence !== undefined) watch.tail.advanceTo(sequence);
    if (state) watch.stateChanged(state);
  }

  private invalidateAll(): void {
    for (const { watch } of this.watches.values()) watch.invalidateAll();
  }

  private async poll(): Promise<void> {
    if (this.polling || this.watches.size === 0) return;
    this.polling = true;
    try {
      const rows = await this.source.query<PolledRow[]>(
        everyShard(
          'watched accounts',
          `select journals.account_id, journals.sequence, state_revisions.revision
           from journals join state_revisions using (account_id)
           where journals.account_id = any($1)`,
        ),
        [[...this.watches.keys()]],
      );
      for (const { account_id, sequence, revision } of rows) {
        this.watches.get(account_id)?.watch.polled(sequence, revision);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'the slow poll failed');
    } finally {
      this.polling = false;
    }
  }
}
