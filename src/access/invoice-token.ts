import { createHmac, timingSafeEqual } from 'node:crypto';
import { bytesOfId, idOfBytes } from '../core/ids';

interface Named {
  accountId: string;
  invoiceId: string;
}

/** An account's id, a document's, an instant in seconds, and what only the service can compute. */
const signedBytes = 16 + 16 + 4;
const tokenBytes = signedBytes + 32;
const tokenLength = Math.ceil((tokenBytes * 4) / 3);
/** An accounts department may open a mail weeks after it came. */
const lifetimeMs = 90 * 24 * 3_600_000;

/**
 * The token in the link of an invoice's mail. A billing contact cannot sign in, so the token alone
 * shows this one document. It is computed and not stored.
 */
export function invoiceToken(key: Uint8Array, named: Named, nowMs: number): string {
  const endsAt = Buffer.alloc(4);
  endsAt.writeUInt32BE(Math.floor((nowMs + lifetimeMs) / 1_000));
  const signed = Buffer.concat([bytesOfId(named.accountId), bytesOfId(named.invoiceId), endsAt]);
  return Buffer.concat([signed, proofOf(key, signed)]).toString('base64url');
}

/** What a token names; null for a text that is no valid token now. */
export function readInvoiceToken(key: Uint8Array, text: string, nowMs: number): Named | null {
  const bytes = text.length === tokenLength ? Buffer.from(text, 'base64url') : null;
  if (bytes?.length !== tokenBytes) return null;
  const signed = bytes.subarray(0, signedBytes);
  if (!timingSafeEqual(proofOf(key, signed), bytes.subarray(signedBytes))) return null;
  if (signed.readUInt32BE(32) * 1_000 <= nowMs) return null;
  return {
    accountId: idOfBytes(signed.subarray(0, 16)),
    invoiceId: idOfBytes(signed.subarray(16, 32)),
  };
}

function proofOf(key: Uint8Array, signed: Uint8Array): Buffer {
  return createHmac('sha256', key).update('invoice').update(signed).digest();
}
