import type { DataSource } from 'typeorm';
import type { NoticeFactsOf } from './notice';
import { storeNotice } from './store-notice';
import { readNotedEndpoint } from './webhook-endpoint.queries';

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
    const endpoint = await readNotedEndpoint(transaction, { endpointId });
    // It may have been deleted since.
    if (!endpoint) return null;
    const { host, atMs } = endpoint;
    return { kind: 'WEBHOOK_PAUSED', atMs, walletId: null, facts: { endpointId, host, reason } };
  });
}
