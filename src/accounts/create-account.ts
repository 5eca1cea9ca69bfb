import type { DataSource } from 'typeorm';
import { newId } from '../core/ids';
import { AccountRow } from '../db/tables/account';
import { JournalRow } from '../db/tables/journal';
import { PlanRow } from '../db/tables/plan';
import { StateRevisionRow } from '../db/tables/state-revision';
import { WalletRow } from '../db/tables/wallet';
import { genesisHash } from '../ledger/writer/seal-entries';

/** An account, its empty journal and its own empty wallet, in one transaction. Returns its id. */
export async function createAccount(
  source: DataSource,
  account: Pick<AccountRow, 'slug' | 'name' | 'plan' | 'currency' | 'timeZone' | 'sandbox'> & {
    createdAt: Date;
    /** Its past will be written by a seed, which then removes the mark. */
    seeding?: boolean;
    /** Left out: not entered yet. */
    seatPriceMinor?: number | null;
    /** Left out: UNBILLED. */
    billingMode?: AccountRow['billingMode'];
    /** Left out: 5. */
    emergencyCeiling?: number;
  },
): Promise<string> {
  const accountId = newId();
  const { createdAt } = account;
  const lastHash = Buffer.from(genesisHash(accountId), 'hex');
  await source.transaction(async (manager) => {
    await manager
      .createQueryBuilder()
      .insert()
      .into(PlanRow)
      .values({ name: account.plan, createdAt })
      .orIgnore()
      .execute();
    await manager.insert(AccountRow, {
      ...account,
      id: accountId,
      emailNotificationsEnabled: true,
      allowSessionConsume: true,
      noticeLanguage: 'en',
      locale: 'en-GB',
      testClockOffsetMs: 0,
      seeding: account.seeding ?? false,
      billingMode: account.billingMode ?? 'UNBILLED',
      emergencyCeiling: account.emergencyCeiling ?? 5,
      closedAt: null,
      gateShutsAt: null,
    });
    await manager.insert(JournalRow, { accountId, sequence: 0, lastInstant: createdAt, lastHash });
    await manager.insert(StateRevisionRow, { accountId, revision: 0 });
    await manager.insert(WalletRow, {
      accountId,
      id: newId(),
      name: 'Day passes',
      clientId: null,
      balance: 0,
      lowBalanceThreshold: null,
      lowerThresholds: [],
      emergencyAllowance: 0,
      frozenAt: null,
      lastSequence: 0,
      lastHash,
      lastWalletSequence: 0,
      createdAt,
    });
  });
  return accountId;
}
