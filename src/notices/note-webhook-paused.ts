import type { DataSource } from 'typeorm';
import type { NoticeFactsOf } from './notice';
import { storeNotice } from './store-notice';

/** What the pause of an endpoint left in the outbox of its account. */
interface Pause {
  accountId: string;
  endpointId: string;
  noticeId: string;
  reason: NoticeFactsOf['WEBHOOK_PAUSED']['reason'];
}

/** Stores the notice of a webhook endpoint that the service has paused: the journal has no such entry. */
export function noteWebhookPaused(
  { source }: { source: DataSource },
  { accountId, endpointId, noticeId, reason }: Pause,
): Promise<void> {
  return storeNotice(source, { accountId, noticeId }, async (transaction) => {
    const [endpoint] = await transaction.query<{ url: string; nowMs: number }>(
      `select e.url,
         floor(extract(epoch from clock_timestamp()) * 1000)::float8 + a.test_clock_offset_ms
           as "nowMs"
       from webhook_endpoints e join accounts a on a.id = e.account_id
       where e.account_id = $1 and e.id = $2`,
      [endpointId],
    );
    // It may have been deleted since.
    if (!endpoint) return null;
    const { host } = new URL(endpoint.url);
    const facts = { endpointId, host, reason };
    return { kind: 'WEBHOOK_PAUSED', atMs: Number(endpoint.nowMs), walletId: null, facts };
  });
}
