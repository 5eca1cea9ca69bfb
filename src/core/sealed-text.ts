import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/*
 * Texts that are stored so that the database alone does not show them: AES-256-GCM under a key that
 * is derived from a secret of the service. The owner (such as the ids of the row) goes into the key,
 * so a sealed text that is copied into another row does not open there.
 */

const cipherName = 'aes-256-gcm';
/** The usual size for this cipher. Random ones do not repeat within the few texts of one owner. */
const nonceBytes = 12;
const tagBytes = 16;

interface Place {
  /** 32 bytes, of the service. */
  secret: Uint8Array;
  purpose: string;
  owner: string;
}

export function sealText(text: string, place: Place): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, keyOf(place), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws if the bytes were changed, or sealed at another place. */
export function openSealed(bytes: Buffer, place: Place): string {
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  const decipher = createDecipheriv(cipherName, keyOf(place), nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(tag);
  const sealed = bytes.subarray(nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
}

function keyOf({ secret, purpose, owner }: Place): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, owner, purpose, 32));
}
