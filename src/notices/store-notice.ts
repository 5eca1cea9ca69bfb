import type { DataSource } from 'typeorm';
import { AccountManager } from '../db/account-manager';
import type { NoticeDraft } from './notice';
import { writeNotices } from './write-notices';

/**
 * Stores the one notice of a job, for what is not an entry of the journal. `read` returns what it says;
 * null: its reason is gone. If the job runs twice, the second run finds the notice and does nothing.
 */
export function storeNotice(
  source: DataSource,
  { accountId, noticeId }: { accountId: string; noticeId: string },
  read: (
    transaction: AccountManager,
  ) => Promise<Pick<NoticeDraft, 'kind' | 'atMs' | 'walletId' | 'facts'> | null>,
): Promise<void> {
  return source.transaction(async (entities) => {
    const transaction = new AccountManager(entities, accountId);
    const stored = await transaction.query(
      'select from notices where account_id = $1 and id = $2',
      [noticeId],
    );
    if (stored.length > 0) return;
    const notice = await read(transaction);
    if (!notice) return;
    const none = { sequence: null, threshold: null, balance: null, agentId: null };
    await writeNotices(transaction, [{ id: noticeId, accountId, ...none, ...notice }]);
  });
}
