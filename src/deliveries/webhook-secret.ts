import { createHmac } from 'node:crypto';

/**
 * The secret of an endpoint, as Standard Webhooks writes it. It is computed from the service's own
 * secret, so the database has none.
 */
export function webhookSecret(
  key: Uint8Array,
  { accountId, endpointId, version }: { accountId: string; endpointId: string; version: number },
): string {
  const bytes = createHmac('sha256', key)
    .update(`${accountId} ${endpointId} ${version}`)
    .digest('base64');
  return `whsec_${bytes}`;
}
