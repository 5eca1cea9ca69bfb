import type { DataSource } from 'typeorm';
import type { HintCarrier } from '../db/hints';
import { AccountRow } from '../db/tables/account';
import { writeState } from '../db/write-state';

/** Settings of an account; what is null stays as it is. */
export interface AccountUpdate {
  name: string | null;
  timeZone: string | null;
  emailNotificationsEnabled: boolean | null;
}

/** Changes an account's own settings. None of them is anything that the ledger decides by. */
export function updateAccount(
  on: { source: DataSource; hints: HintCarrier },
  accountId: string,
  { name, timeZone, emailNotificationsEnabled }: AccountUpdate,
): Promise<void> {
  const changes = {
    ...(name !== null && { name }),
    ...(timeZone !== null && { timeZone }),
    ...(emailNotificationsEnabled !== null && { emailNotificationsEnabled }),
  };
  return writeState(on, accountId, async (manager) => {
    if (Object.keys(changes).length === 0) return { result: undefined, changed: [] };
    await manager.update(AccountRow, { id: accountId }, changes);
    return { result: undefined, changed: [{ kind: 'account', id: accountId }] };
  });
}
