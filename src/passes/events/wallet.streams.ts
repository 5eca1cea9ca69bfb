import type { RequestContext } from '../../api/context';
import type { MessageStream } from '../../api/stream';
import { watchedStream, type WatchedAccount } from '../../api/watched-stream';
import { DomainError } from '../../core/domain-error';
import type { AccountScope } from '../../db/account-scope';
import type { WalletRow } from '../../db/tables/wallet';
import { encodeCursor } from '../../journal/cursor';
import type { JournalEntry } from '../../journal/journal-entry';
import { sequenceOfCursor } from '../../journal/journal-place';
import { ownWallet, walletsById } from '../../wallets/wallet.queries';
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
  options: { walletId: string | null; after: string | null },
): MessageStream<WalletChangeType> {
  let walletId = options.walletId;
  const concerns = (entry: JournalEntry) => entry.walletId === walletId && entry.delta !== 0;
  return watchedStream(
    context,
    { right: 'wallet:read', wakesOnEntry: concerns, wakesOnState: () => false },
    async (account) => {
      const wallet = await readWallet(context.account.scope, walletId);
      if (!wallet)
        throw new DomainError('NOT_FOUND', 'The account has no wallet with this id. Check the id.');
      walletId = wallet.id;
      if (options.after === null) {
        const state = stateOf(wallet, { resync: false });
        return changesFrom(account, { from: wallet.lastSequence, walletId, state });
      }
      const from = await sequenceOfCursor(context.account.scope, options.after);
      return changesFrom(account, { from, walletId, state: null });
    },
  );
}

/** `state`, if there is one, then every change after `from`. */
async function* changesFrom(
  account: WatchedAccount,
  start: { from: number; walletId: string; state: WalletChangeType | null },
): AsyncGenerator<WalletChangeType, void> {
  const { from, walletId, state } = start;
  const { tail } = account.watch;
  if (state) yield state;
  let last = from;
  // Changes that were requested with `after` are in the past: their reader counts as slow only
  // after them.
  let live = false;
  while (!account.isClosed) {
    if (live && tail.sequence - last > behindMax) {
      const wallet = await readWallet(account.context.account.scope, walletId);
      await account.requireRight();
      if (wallet && wallet.lastSequence > last) {
        last = wallet.lastSequence;
        yield stateOf(wallet, { resync: true });
        continue;
      }
    }
    const page = tail.after(last);
    const entries = page instanceof Promise ? await page : page;
    for (const entry of entries) {
      last = entry.sequence;
      if (entry.walletId !== walletId || entry.delta === 0) continue;
      const asking = account.requireRight();
      if (asking) await asking;
      yield changeOf(entry);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- The reader may have left meanwhile.
      if (account.isClosed) return;
    }
    if (entries.length === 0) {
      live = true;
      await account.requireRight();
      await account.wait();
    }
  }
}

/** The wallet of that id (null: the account's own), read again. */
async function readWallet(scope: AccountScope, walletId: string | null): Promise<WalletRow | null> {
  if (walletId === null) return ownWallet(scope);
  const [wallet] = await walletsById(scope, [walletId]);
  return wallet ?? null;
}

function stateOf(wallet: WalletRow, { resync }: { resync: boolean }): WalletChangeType {
  const { accountId, balance, lastSequence: sequence, lastHash } = wallet;
  const cursor = encodeCursor({ accountId, sequence, hash: lastHash.toString('hex') });
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
