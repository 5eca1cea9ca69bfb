import type { RequestContext } from '../../api/context';
import { JournalReader, type Reading } from '../../api/journal-reader';
import type { MessageStream } from '../../api/stream';
import { watchedStream, type Waking, type WatchedAccount } from '../../api/watched-stream';
import { DomainError } from '../../core/domain-error';
import { encodeCursor } from '../../journal/cursor';
import type { JournalEntry } from '../../journal/journal-entry';
import { sequenceOfCursor } from '../../journal/journal-place';
import { ownWallet, walletsById, type WalletOfAccount } from '../../wallets/wallet.queries';
import type { WalletChangeType } from './wallet-change.type';

/**
 * A reader that is this many changes behind receives the present state instead of the past changes.
 */
const behindMax = 1_000;

/**
 * The balance of one wallet (null: the account's own): its state at once, then every change. With
 * `after`, every change since then first. A reader that is too slow receives the state, marked
 * `resync`.
 */
export function walletStream(
  context: RequestContext,
  { walletId, after }: { walletId: string | null; after: string | null },
): MessageStream<WalletChangeType> {
  const changes = new WalletChanges(context, walletId);
  return watchedStream(context, changes, (account) => changes.messages(account, after));
}

/** How one stream turns entries into changes of its wallet. One object, because streams wait for hours. */
class WalletChanges implements Waking, Reading<WalletChangeType> {
  constructor(
    private readonly context: RequestContext,
    /** Null until the account's own wallet has been found. */
    private walletId: string | null,
  ) {}

  get right() {
    return 'wallet:read' as const;
  }

  get lagMax(): number {
    return behindMax;
  }

  wakesOnEntry(entry: JournalEntry): boolean {
    return entry.walletId === this.walletId && entry.delta !== 0;
  }

  wakesOnState(): boolean {
    return false;
  }

  messageOf(entry: JournalEntry): WalletChangeType | null {
    return this.wakesOnEntry(entry) ? changeOf(entry) : null;
  }

  async present(last: number) {
    const wallet = await this.readWallet();
    if (!wallet || wallet.lastSequence <= last) return null;
    return { message: stateOf(wallet, { resync: true }), sequence: wallet.lastSequence };
  }

  async messages(
    account: WatchedAccount,
    after: string | null,
  ): Promise<AsyncGenerator<WalletChangeType, void>> {
    const wallet = await this.readWallet();
    if (!wallet)
      throw new DomainError('NOT_FOUND', 'The account has no wallet with this id. Check the id.');
    this.walletId = wallet.id;
    const start =
      after === null
        ? { from: wallet.lastSequence, first: stateOf(wallet, { resync: false }) }
        : { from: await sequenceOfCursor(this.context.account.scope, after) };
    return new JournalReader(account, this, start).messages();
  }

  private async readWallet(): Promise<WalletOfAccount | null> {
    const { scope } = this.context.account;
    if (this.walletId === null) return ownWallet(scope);
    const [wallet] = await walletsById(scope, [this.walletId]);
    return wallet ?? null;
  }
}

function stateOf(wallet: WalletOfAccount, { resync }: { resync: boolean }): WalletChangeType {
  const { accountId, balance, lastSequence: sequence, lastHash } = wallet;
  const cursor = encodeCursor({ accountId, sequence, hash: lastHash });
  return { cursor, sequence, balance, delta: 0, resync, walletId: wallet.id, entry: null };
}

/** One object for all readers of the entry, so that executions for it are shared. */
const changes = new WeakMap<JournalEntry, WalletChangeType>();

function changeOf(entry: JournalEntry): WalletChangeType {
  let change = changes.get(entry);
  if (!change) {
    const { sequence, balance, delta, walletId } = entry;
    const cursor = encodeCursor(entry);
    change = { cursor, sequence, balance, delta, resync: false, walletId, entry };
    changes.set(entry, change);
  }
  return change;
}
