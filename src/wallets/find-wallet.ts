import type { RequestContext } from '../api/context';
import { whenThere } from '../core/when-there';
import { walletsById } from './wallet.queries';
import { toWallet, type WalletType } from './wallet.type';

/** The wallet that another row names; after a write that moved it, as the write left it. */
export function findWallet(
  { reads, account }: RequestContext,
  walletId: string,
): WalletType | Promise<WalletType> {
  const written = reads.committed?.walletOf(walletId);
  if (written) return toWallet({ ...written, accountId: account.id });
  return whenThere(reads.loadExisting(walletsById, walletId), toWallet);
}
