import type { AccountScope } from '../../db/account-scope';
import type { RowShape } from '../../db/row-shape';
import type { Money } from '../../ledger/model/ledger';

/** What was paid for the pass of a consumption. */
interface PaidPass {
  id: string;
  /** Without tax; null if nothing was paid. Zero only if its lot was bought at a price of zero. */
  paid: Money | null;
}

/**
 * SQL for the lot that a consumption's pass was drawn from. An emergency pass came from no lot; the
 * lot that settled it paid for it. Null if it is still owed.
 */
export const lotOf = (pass: string) => `coalesce(${pass}.lot_id, (
  select emergency_pass.settled_by_lot_id from emergency_passes emergency_pass
  where emergency_pass.account_id = ${pass}.account_id
    and emergency_pass.consumption_id = ${pass}.id))`;

/**
 * SQL for `paid` of a consumption under the alias `row`: the unit price of its lot. A granted lot has
 * no price, and a reversed pass is back in its lot.
 */
export const paidSql = `(
  select json_build_object('minor', lot.unit_price_minor, 'currency', lot.currency)
  from lots lot
  where lot.account_id = row.account_id and lot.unit_price_minor is not null
    and row.reversed_at is null and lot.id = ${lotOf('row')})`;

const paidShape: RowShape<PaidPass> = {
  table: 'consumptions',
  columns: {},
  select: `row.id as "id", ${paidSql} as "paid"`,
};

/** Loads what was paid for the passes of consumptions, by the consumption's id. */
export function paidPassesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(PaidPass | null)[]> {
  return scope.byId(paidShape, ids);
}
