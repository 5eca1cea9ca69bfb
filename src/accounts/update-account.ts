import { recordAudit, type Attribution } from '../access/audit';
import type { AccountState } from '../db/account-state';

/** Settings of an account; null leaves a setting as it is. */
export interface AccountUpdate {
  name: string | null;
  timeZone: string | null;
  emailNotificationsEnabled: boolean | null;
  allowSessionConsume: boolean | null;
  noticeLanguage: string | null;
}

/** Who acts, and the account's instant. */
interface Act {
  attribution: Attribution;
  nowMs: number;
}

/**
 * Changes an account's own settings. Of these, the ledger decides only by `allowSessionConsume`,
 * which each of its batches reads after it has the account's lock: commands that begin after this
 * was answered follow it.
 */
export function updateAccount(
  state: AccountState,
  asked: AccountUpdate,
  { attribution, nowMs }: Act,
): Promise<void> {
  const { accountId } = state;
  return state.write(async (manager) => {
    const row = await manager.readAccount();
    const names = (Object.keys(asked) as (keyof AccountUpdate)[]).filter(
      (setting) => asked[setting] !== null && asked[setting] !== row[setting],
    );
    if (names.length === 0) return { result: undefined, changed: [] };
    const of = (settings: Record<keyof AccountUpdate, unknown>) =>
      Object.fromEntries(names.map((setting) => [setting, settings[setting]]));
    await manager.updateAccount(of(asked));
    await recordAudit(manager, {
      ...attribution,
      action: 'account.updated',
      subject: { type: 'Account', id: accountId },
      before: of(row),
      after: of(asked),
      occurredAt: new Date(nowMs),
    });
    return { result: undefined, changed: [{ kind: 'account', id: accountId }] };
  });
}
