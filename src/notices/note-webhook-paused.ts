import type { DataSource } from 'typeorm';
import { AccountManager } from '../db/account-manager';
import type { NoticeFactsOf } from './notice';
import { writeNotices } from './write-notices';

/** What the pause of an endpoint left in the outbox of its account. */
interface Pause {
  accountId: string;
  endpointId: string;
  noticeId: string;
  reason: NoticeFactsOf['WEBHOOK_PAUSED']['reason'];
}

/**
 * Stores the notice of a webhook endpoint that the service has paused: such a pause is not in the
 * journal. If this runs twice, the second run finds the notice and does nothing.
 */
export function noteWebhookPaused(
  { source }: { source: DataSource },
  { accountId, endpointId, noticeId, reason }: Pause,
): Promise<void> {
  return source.transaction(async (entities) => {
    const transaction = new AccountManager(entities, accountId);
    const [endpoint] = await transaction.query<{ url: string; nowMs: number; isNoted: boolean }>(
      `select e.url, exists (select from notices where account_id = $1 and id = $3) as "isNoted",
         (extract(epoch from clock_timestamp()) * 1000)::float8 + a.test_clock_offset_ms as "nowMs"
       from webhook_endpoints e join accounts a on a.id = e.account_id
       where e.account_id = $1 and e.id = $2`,
      [endpointId, noticeId],
    );
    // It may have been deleted since.
    if (!endpoint || endpoint.isNoted) return;
    const { host } = new URL(endpoint.url);
    await writeNotices(transaction, [
      {
        ...{ id: noticeId, accountId, kind: 'WEBHOOK_PAUSED', atMs: Math.floor(endpoint.nowMs) },
        ...{ sequence: null, walletId: null, threshold: null, balance: null, agentId: null },
        facts: { endpointId, host, reason },
      },
    ]);
  });
}
