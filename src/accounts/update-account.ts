import type { DataSource } from 'typeorm';
import { recordAudit, type Attribution } from '../access/audit';
import type { HintCarrier } from '../db/hints';
import { AccountRow } from '../db/tables/account';
import { writeState } from '../db/write-state';

/** Settings of an account; what is null stays as it is. */
export interface AccountUpdate {
  name: string | null;
  timeZone: string | null;
  emailNotificationsEnabled: boolean | null;
}

/** Whose act it is, and the account's instant. */
interface Act {
  attribution: Attribution;
  nowMs: number;
}

/** Changes an account's own settings. None of them is anything that the ledger decides by. */
export function updateAccount(
  on: { source: DataSource; hints: HintCarrier },
  accountId: string,
  { name, timeZone, emailNotificationsEnabled }: AccountUpdate,
  { attribution, nowMs }: Act,
): Promise<void> {
  const asked = { name, timeZone, emailNotificationsEnabled };
  return writeState(on, accountId, async (manager) => {
    const row = await manager.findOneByOrFail(AccountRow, { id: accountId });
    const names = (Object.keys(asked) as (keyof AccountUpdate)[]).filter(
      (setting) => asked[setting] !== null && asked[setting] !== row[setting],
    );
    if (names.length === 0) return { result: undefined, changed: [] };
    const of = (settings: AccountUpdate) =>
      Object.fromEntries(names.map((setting) => [setting, settings[setting]]));
    await manager.update(AccountRow, { id: accountId }, of(asked));
    await recordAudit(manager, {
      ...attribution,
      accountId,
      action: 'account.updated',
      subject: { type: 'Account', id: accountId },
      before: of(row),
      after: of(asked),
      occurredAt: new Date(nowMs),
    });
    return { result: undefined, changed: [{ kind: 'account', id: accountId }] };
  });
}
