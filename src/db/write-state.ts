import type { DataSource, EntityManager } from 'typeorm';
import type { HintCarrier, StateRef } from './hints';

/**
 * One write of state that is not in the journal (a ticket, a client, the account's settings): one
 * transaction, which locks the account's state first and raises its revision last, and a hint after
 * its commit. So the writes of one account's state come one after the other: numbers that they give
 * out have no holes, and none waits for another's rows. `work` answers its result and what it changed.
 *
 * What the ledger decides by (an agent's standing, a wallet's settings) is not written here but by a
 * command, under the account's lock.
 */
export async function writeState<Result>(
  on: { source: DataSource; hints: Pick<HintCarrier, 'send'> },
  accountId: string,
  work: (manager: EntityManager) => Promise<{ result: Result; changed: readonly StateRef[] }>,
): Promise<Result> {
  const { result, changed } = await on.source.transaction(async (manager) => {
    await manager.query('select 1 from state_revisions where account_id = $1 for update', [
      accountId,
    ]);
    const done = await work(manager);
    if (done.changed.length > 0) {
      await manager.query(
        'update state_revisions set revision = revision + 1 where account_id = $1',
        [accountId],
      );
    }
    return done;
  });
  for (const state of changed) on.hints.send({ accountId, state });
  return result;
}
