import type { AccountScope } from '../db/account-scope';
import { WalletRow } from '../db/tables/wallet';
import { foldedWords } from '../db/words';

/** Loads wallets by id. */
export function walletsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(WalletRow | null)[]> {
  return scope.byId(WalletRow, ids);
}

/** The account's own wallet: the one without a client. */
export function ownWallet(scope: AccountScope): Promise<WalletRow | null> {
  return scope.select(WalletRow).andWhere('row.clientId is null').getOne();
}

/** All wallets of the account: its own first, then those of clients, by name. */
export function listWallets(scope: AccountScope): Promise<WalletRow[]> {
  return scope
    .select(WalletRow)
    .addOrderBy('row.clientId is not null')
    .addOrderBy(foldedWords('row.name'))
    .addOrderBy('row.id')
    .getMany();
}

/** The key for `walletsServing` if a ticket has no client, or there is no ticket. */
export const noClient = 'none';

/** Loads the wallets for clients' tickets: the client's, else the account's own. */
export async function walletsServing(
  scope: AccountScope,
  clientIds: readonly string[],
): Promise<(WalletRow | null)[]> {
  const rows = await scope
    .select(WalletRow)
    .andWhere('(row.clientId is null or row.clientId = any(:ids))', {
      ids: clientIds.filter((id) => id !== noClient),
    })
    .getMany();
  const serving = new Map(rows.map((row) => [row.clientId ?? noClient, row]));
  return clientIds.map((clientId) => serving.get(clientId) ?? serving.get(noClient) ?? null);
}
