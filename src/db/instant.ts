import type { AccountManager } from './account-manager';
import type { AccountScope } from './account-scope';

/**
 * The database's clock, for a statement that changes rows: a cluster refuses changes that call a clock,
 * because each of its machines would answer with its own.
 */
export async function readInstant(
  scope: Pick<AccountScope | AccountManager, 'query'>,
): Promise<Date> {
  const [row] = await scope.query<{ now: Date }>(
    'select clock_timestamp() as now where $1::uuid is not null',
  );
  return row!.now;
}
