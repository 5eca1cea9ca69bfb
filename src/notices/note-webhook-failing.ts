import type { DataSource } from 'typeorm';
import { storeNotice } from './store-notice';
import { readNotedEndpoint } from './webhook-endpoint.queries';

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
    const endpoint = await readNotedEndpoint(transaction, { endpointId, failingSince: since });
    // It has recovered, was paused or deleted.
    if (!endpoint) return null;
    const { host, atMs } = endpoint;
    return { kind: 'WEBHOOK_FAILING', atMs, walletId: null, facts: { endpointId, host } };
  });
}
