import type { AccountScope } from '../db/account-scope';
import { PurchaseRow } from '../db/tables/purchase';

/** Loads purchases by id. */
export async function purchasesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(PurchaseRow | null)[]> {
  const rows = await scope.select(PurchaseRow).andWhere('row.id = any(:ids)', { ids }).getMany();
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
