import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { PurchaseRow } from '../db/tables/purchase';

/** Loads purchases by id. */
export function purchasesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(PurchaseRow | null)[]> {
  return scope.byId(PurchaseRow, ids);
}

/** Loads purchases by the order that each completes. */
export async function purchasesByOrder(
  scope: AccountScope,
  orderIds: readonly string[],
): Promise<(PurchaseRow | null)[]> {
  const rows = await scope
    .select(PurchaseRow)
    .andWhere('row.orderId = any(:orderIds)', { orderIds })
    .getMany();
  const found = new Map(rows.map((row) => [row.orderId, row]));
  return orderIds.map((id) => found.get(id) ?? null);
}

/** Purchases, newest first: of all wallets, or of the given one. */
export function purchaseList(scope: AccountScope, walletId: string | null): List<PurchaseRow> {
  const rows = scope.select(PurchaseRow);
  if (walletId !== null) rows.andWhere('row.walletId = :walletId', { walletId });
  const keys = [{ sql: 'row.sequence', kind: 'number' as const }];
  return { name: 'dayPassPurchases', rows, order: { name: 'SEQUENCE', keys, direction: 'DESC' } };
}
