import { createHmac } from 'node:crypto';

interface Signed {
  id: string;
  /** Seconds since 1970, by the database's clock: receivers refuse more than five minutes. */
  timestamp: number;
  body: string;
}

/** The headers of Standard Webhooks 1.0. During a rotation, each of the secrets signs. */
export function signWebhook(
  { id, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const content = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
