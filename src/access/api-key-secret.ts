import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { idOfHex } from '../core/ids';

/*
 * dpk_<account>_<key>_<secret>: a prefix that scanners of leaked secrets can recognise, the ids to
 * find it by, the account's first, and 256 random bits.
 *
 * A plain SHA-256 is stored. Slow hashes make guessing expensive if secrets can be guessed; nobody
 * can guess 256 random bits, and this hash is computed for each request.
 */

export const apiKeyPrefix = 'dpk_';
const shape = /^dpk_([0-9a-f]{32})_([0-9a-f]{32})_[\w-]{43}$/;

/** A new secret for the key of that id, and what is kept of it. */
export function makeApiKeySecret(
  accountId: string,
  keyId: string,
): { secret: string; hash: Buffer } {
  const secret = `${apiKeyPrefix}${pack(accountId)}_${pack(keyId)}_${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashOf(secret) };
}

/** The ids in a secret; null for another text. Its hash shows whether it is genuine. */
export function readApiKeySecret(secret: string): { accountId: string; keyId: string } | null {
  const [, accountId, keyId] = shape.exec(secret) ?? [];
  return accountId && keyId ? { accountId: idOfHex(accountId), keyId: idOfHex(keyId) } : null;
}

/** Whether the hash is this secret's; compared in constant time. */
export function isSecretOf(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(hashOf(secret), hash);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function pack(id: string): string {
  return id.replaceAll('-', '');
}
