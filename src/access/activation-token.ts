import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { bytesOfId, idOfBytes } from '../core/ids';

/** The account's id, the invitation's, and what only the service can compute of the two. */
const idBytes = 16;
const tokenBytes = 64;
/** 64 bytes in base64url; what is longer is not decoded. */
const tokenLength = 86;

interface Named {
  accountId: string;
  invitationId: string;
}

/**
 * The token of an invitation. It is computed, so that the job which mails it needs only the ids,
 * and the database has no token. The hash is stored and checked.
 */
export function activationToken(key: Uint8Array, { accountId, invitationId }: Named): string {
  const ids = Buffer.concat([bytesOfId(accountId), bytesOfId(invitationId)]);
  return Buffer.concat([ids, proofOf(key, ids)]).toString('base64url');
}

/**
 * What a token names, and its hash; null for a text that the service did not make. Anyone may send
 * such texts, so the proof is checked before the database is asked.
 */
export function readActivationToken(
  key: Uint8Array,
  text: string,
): (Named & { hash: string }) | null {
  const bytes = text.length === tokenLength ? Buffer.from(text, 'base64url') : null;
  if (bytes?.length !== tokenBytes) return null;
  const ids = bytes.subarray(0, 2 * idBytes);
  if (!timingSafeEqual(proofOf(key, ids), bytes.subarray(2 * idBytes))) return null;
  return {
    accountId: idOfBytes(bytes.subarray(0, idBytes)),
    invitationId: idOfBytes(bytes.subarray(idBytes, 2 * idBytes)),
    hash: hashActivationToken(text),
  };
}

/** What is stored of a token: SHA-256, hexadecimal. */
export function hashActivationToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function proofOf(key: Uint8Array, ids: Uint8Array): Buffer {
  return createHmac('sha256', key).update(ids).digest();
}
