import type { AccountManager } from '../db/account-manager';

/**
 * The host of a webhook endpoint, and the present instant of the account's clock. Null: it has been
 * deleted. With `failingSince` (ISO 8601): also null if it was paused, or has not failed since then.
 */
export async function readNotedEndpoint(
  transaction: AccountManager,
  { endpointId, failingSince = null }: { endpointId: string; failingSince?: string | null },
): Promise<{ host: string; atMs: number } | null> {
  const [endpoint] = await transaction.query<{ url: string; nowMs: number }>(
    `select e.url,
       floor(extract(epoch from clock_timestamp()) * 1000)::float8 + a.test_clock_offset_ms
         as "nowMs"
     from webhook_endpoints e join accounts a on a.id = e.account_id
     where e.account_id = $1 and e.id = $2
       and ($3::timestamptz is null or (e.state = 'ACTIVE' and e.failing_since = $3))`,
    [endpointId, failingSince],
  );
  return endpoint ? { host: new URL(endpoint.url).host, atMs: Number(endpoint.nowMs) } : null;
}
