import type { AccountState } from '../db/account-state';

/** Settings of an account; what is null stays as it is. */
export interface AccountUpdate {
  name: string | null;
  timeZone: string | null;
  emailNotificationsEnabled: boolean | null;
}

/** Changes an account's own settings. None of them is anything that the ledger decides by. */
export function updateAccount(
  state: AccountState,
  { name, timeZone, emailNotificationsEnabled }: AccountUpdate,
): Promise<void> {
  const changes = {
    ...(name !== null && { name }),
    ...(timeZone !== null && { timeZone }),
    ...(emailNotificationsEnabled !== null && { emailNotificationsEnabled }),
  };
  const { accountId } = state;
  return state.write(async (manager) => {
    if (Object.keys(changes).length === 0) return { result: undefined, changed: [] };
    await manager.updateAccount(changes);
    return { result: undefined, changed: [{ kind: 'account', id: accountId }] };
  });
}
