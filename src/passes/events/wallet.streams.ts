import type { RequestContext } from '../../api/context';
import { JournalReader } from '../../api/journal-reader';
import type { MessageStream } from '../../api/stream';
import { watchedStream, type WatchedAccount } from '../../api/watched-stream';
import { DomainError } from '../../core/domain-error';
import type { AccountScope } from '../../db/account-scope';
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
function changesFrom(
  account: WatchedAccount,
  start: { from: number; walletId: string; state: WalletChangeType | null },
): AsyncGenerator<WalletChangeType, void> {
  const { from, walletId, state } = start;
  const { scope } = account.context.account;
  const reader = new JournalReader<WalletChangeType>(account, {
    from,
    first: state,
    messageOf: (entry) =>
      entry.walletId === walletId && entry.delta !== 0 ? changeOf(entry) : null,
    skipping: {
      lagMax: behindMax,
      async present(last) {
        const wallet = await readWallet(scope, walletId);
        if (!wallet || wallet.lastSequence <= last) return null;
        return { message: stateOf(wallet, { resync: true }), sequence: wallet.lastSequence };
      },
    },
  });
  return reader.messages();
}

/** The wallet of that id (null: the account's own), read again. */
async function readWallet(
  scope: AccountScope,
  walletId: string | null,
): Promise<WalletOfAccount | null> {
  if (walletId === null) return ownWallet(scope);
  const [wallet] = await walletsById(scope, [walletId]);
  return wallet ?? null;
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
