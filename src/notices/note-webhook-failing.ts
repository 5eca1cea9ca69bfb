import type { DataSource } from 'typeorm';
import { storeNotice } from './store-notice';

/** What a delivery that failed left in the outbox of its account, for a quarter of an hour later. */
interface Failing {
  accountId: string;
  endpointId: string;
  noticeId: string;
  /** ISO 8601: since when every try has failed. */
  since: string;
}

/** Stores the notice of an endpoint that has failed since then without a break. */
export function noteWebhookFailing(
  { source }: { source: DataSource },
  { accountId, endpointId, noticeId, since }: Failing,
): Promise<void> {
  return storeNotice(source, { accountId, noticeId }, async (transaction) => {
    const [endpoint] = await transaction.query<{ url: string; nowMs: number }>(
      `select e.url,
         floor(extract(epoch from clock_timestamp()) * 1000)::float8 + a.test_clock_offset_ms
           as "nowMs"
       from webhook_endpoints e join accounts a on a.id = e.account_id
       where e.account_id = $1 and e.id = $2 and e.state = 'ACTIVE'
         and e.failing_since = $3::timestamptz`,
      [endpointId, since],
    );
    // It has recovered, was paused or deleted.
    if (!endpoint) return null;
    const facts = { endpointId, host: new URL(endpoint.url).host };
    return { kind: 'WEBHOOK_FAILING', atMs: Number(endpoint.nowMs), walletId: null, facts };
  });
}
