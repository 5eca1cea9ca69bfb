import { createHash } from 'node:crypto';

/** A value that JSON can write without loss. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * The one text of a value: names sorted by code unit, no blanks, numbers as integers. A value that was
 * read back from `jsonb`, which sorts names in its own order, has the same text. Throws an Error for a
 * number that is not a safe integer, because two machines could write it in two ways, and for a
 * name without a value.
 */
export function canonicalJson(value: JsonValue | undefined): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new Error(`Not an exact number: ${value}`);
  }
  if (value === undefined) throw new Error('A name has no value.');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((one) => canonicalJson(one)).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`).join(',')}}`;
}

/** SHA-256 of the canonical text, in hexadecimal: what `sha256sum` prints for a file of it. */
export function canonicalDigest(value: JsonValue): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}
