import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * dpk_<account>_<key>_<secret>: a prefix by which scanners of leaked secrets can know it, the ids
 * to look it up by, the account's first, and 256 bits of randomness.
 *
 * Kept is a plain SHA-256. Slow hashes make guessing dear where secrets are guessable; nobody guesses
 * 256 random bits, and this hash is computed on the path of requests.
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

/** The ids that a secret names; null for what is none. Whether it is genuine, its hash says. */
export function readApiKeySecret(secret: string): { accountId: string; keyId: string } | null {
  const [, accountId, keyId] = shape.exec(secret) ?? [];
  return accountId && keyId ? { accountId: unpack(accountId), keyId: unpack(keyId) } : null;
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

function unpack(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
