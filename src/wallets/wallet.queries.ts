import type { AccountScope } from '../db/account-scope';
import { WalletRow } from '../db/tables/wallet';

/** Loads wallets by id. */
export async function walletsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(WalletRow | null)[]> {
  const rows = await scope.select(WalletRow).andWhere('row.id = any(:ids)', { ids }).getMany();
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}

/** The account's own wallet: the one without a client. */
export function ownWallet(scope: AccountScope): Promise<WalletRow | null> {
  return scope.select(WalletRow).andWhere('row.clientId is null').getOne();
}
