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

/** The secrets that sign now: during a rotation the previous one, too. */
export function signingSecrets(
  key: Uint8Array,
  { version, ...endpoint }: { accountId: string; endpointId: string; version: number },
  { previousToo }: { previousToo: boolean },
): string[] {
  const versions = previousToo ? [version, version - 1] : [version];
  return versions.map((one) => webhookSecret(key, { ...endpoint, version: one }));
}
