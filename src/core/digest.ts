import { createHash } from 'node:crypto';

/** What tells one input from another under the same idempotency key: SHA-256, base64url. */
export function digestOf(input: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url');
}
