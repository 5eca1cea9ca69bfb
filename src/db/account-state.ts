import type { DataSource } from 'typeorm';
import { AccountManager } from './account-manager';
import type { HintCarrier, StateRef } from './hints';

/**
 * Writes of one account's state: everything that is not in the journal (a ticket, a client, the
 * account's settings). Values that the ledger decides by (an agent's access, a wallet's settings)
 * are not written here but by a command, under the account's lock.
 */
export class AccountState {
  constructor(
    private readonly on: { source: DataSource; hints: Pick<HintCarrier, 'send'> },
    readonly accountId: string,
  ) {}

  /**
   * One write: one transaction, which locks the account's state first and raises its revision last,
   * and a hint after its commit. So the writes of one account's state follow each other: their
   * numbers have no holes, and none waits for another's rows. `work` returns its result and what it
   * changed.
   */
  async write<Result>(
    work: (manager: AccountManager) => Promise<{ result: Result; changed: readonly StateRef[] }>,
  ): Promise<Result> {
    const { accountId } = this;
    const { result, changed } = await this.on.source.transaction(async (entities) => {
      const manager = new AccountManager(entities, accountId);
      await manager.query('select 1 from state_revisions where account_id = $1 for update');
      const done = await work(manager);
      if (done.changed.length > 0) {
        await manager.query(
          'update state_revisions set revision = revision + 1 where account_id = $1',
        );
      }
      return done;
    });
    for (const state of changed) this.on.hints.send({ accountId, state });
    return result;
  }
}
