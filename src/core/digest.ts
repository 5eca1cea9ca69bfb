import { createHash } from 'node:crypto';

/** Distinguishes inputs under the same idempotency key: SHA-256, base64url. */
export function digestOf(input: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url');
}
