import type { PoolClient } from 'pg';

/** Early, as the first plans may be made while tables are empty; then seldom, as planning costs 3 ms. */
const early = [8, 32];
const batchesPerPlan = 128;

const batches = new WeakMap<PoolClient, number>();

/**
 * Counts a batch of the connection and says whether its plans are to be made again. A plan is kept
 * until a table is analysed, and on a day's first passes the planner assumes that the table is empty:
 * it may then choose an index that reads all passes of the account.
 */
export function arePlansOld(client: PoolClient): boolean {
  const count = (batches.get(client) ?? 0) + 1;
  batches.set(client, count);
  return early.includes(count) || count % batchesPerPlan === 0;
}
