import type { AccountScope } from '../db/account-scope';
import { PurchaseRow } from '../db/tables/purchase';

/** Loads purchases by id. */
export function purchasesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(PurchaseRow | null)[]> {
  return scope.byId(PurchaseRow, ids);
}
