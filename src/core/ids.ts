import { v5, v7, validate } from 'uuid';

/** A new id, a UUIDv7. Its time is that of this process, so nothing is ever sorted by it. */
export function newId(): string {
  return v7();
}

/** The one id of what the texts name together: the same on every machine. A UUIDv5. */
export function idOf(parts: readonly string[]): string {
  return v5(JSON.stringify(parts), ownNamespace);
}

/** Chosen once, at random. */
const ownNamespace = '6d1f2c0e-8a41-4c57-9f0b-2b7c0a9e51d3';

/** Whether the text is a UUID, in the one spelling that the service writes. */
export function isId(text: string): boolean {
  return validate(text) && text === text.toLowerCase();
}

/** The id of nothing: below every other. */
export const nilId = '00000000-0000-0000-0000-000000000000';

/** The 16 bytes of an id, as tokens contain it. */
export function bytesOfId(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function idOfBytes(bytes: Buffer): string {
  return idOfHex(bytes.toString('hex'));
}

/** The id of 32 hexadecimal digits. */
export function idOfHex(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
