import type { AccountScope } from '../db/account-scope';
import type { RowShape } from '../db/row-shape';
import { storedWalletRow, type StoredWallet } from '../ledger/rows/wallet';
import { foldedWords } from '../db/words';

/** A wallet as the ledger has it, and its account. */
export type WalletOfAccount = StoredWallet & { accountId: string };

const { table, columns, select } = storedWalletRow.shape;

const walletShape: RowShape<WalletOfAccount> = {
  table,
  columns,
  select: `row.account_id as "accountId", ${select}`,
};

/** Loads wallets by id. */
export function walletsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(WalletOfAccount | null)[]> {
  return scope.byId(walletShape, ids);
}

/** The account's own wallet: the one without a client. */
export function ownWallet(scope: AccountScope): Promise<WalletOfAccount | null> {
  return scope.rows(walletShape).andWhere('row.client_id is null').getOne();
}

/** All wallets of the account: its own first, then those of clients, by name. */
export function listWallets(scope: AccountScope): Promise<WalletOfAccount[]> {
  return scope
    .rows(walletShape)
    .addOrderBy('row.client_id is not null')
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
): Promise<(WalletOfAccount | null)[]> {
  const rows = await scope
    .rows(walletShape)
    .andWhere('(row.client_id is null or row.client_id = any(:ids))', {
      ids: clientIds.filter((id) => id !== noClient),
    })
    .getMany();
  const serving = new Map(rows.map((row) => [row.clientId ?? noClient, row]));
  return clientIds.map((clientId) => serving.get(clientId) ?? serving.get(noClient) ?? null);
}
