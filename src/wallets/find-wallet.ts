import type { RequestContext } from '../api/context';
import { walletsById } from './wallet.queries';
import { toWallet, type WalletType } from './wallet.type';

/** The wallet of a payload, read after the write; null if that was refused. */
export async function findWallet(
  context: RequestContext,
  walletId: string | null,
): Promise<WalletType | null> {
  return walletId === null
    ? null
    : toWallet(await context.reads.loadExisting(walletsById, walletId));
}
