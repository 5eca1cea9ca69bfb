import type { UserError } from './user-error';

/** A text of an input and how long it may be; `orEmpty`: it may also be empty. */
export type BoundedText = [text: string | null | undefined, lengthMax: number, option?: 'orEmpty'];

/**
 * The first of the named texts that is empty, longer than its bound, or holds what PostgreSQL cannot
 * store (U+0000, a lone surrogate), as a refusal; null where all are well. A text that is not given
 * is well.
 */
export function refuseTexts(texts: Record<string, BoundedText>): UserError | null {
  for (const [name, [text, lengthMax, option]] of Object.entries(texts)) {
    if (text == null) continue;
    const isFilled = option === 'orEmpty' || text.trim().length >= 1;
    if (isFilled && text.length <= lengthMax && isStorable(text)) continue;
    const least = option === 'orEmpty' ? 0 : 1;
    return invalid(
      `${name} must be ${least} to ${lengthMax} characters of well-formed text.`,
      name,
    );
  }
  return null;
}

/** The named text as a refusal where it is given and is no e-mail address; else null. */
export function refuseAddress(name: string, text: string | null | undefined): UserError | null {
  if (text == null || (text.length <= addressLengthMax && address.test(text))) return null;
  return invalid(
    `${name} must be an e-mail address of at most ${addressLengthMax} characters.`,
    name,
  );
}

/** Whether PostgreSQL can hold the text: no U+0000, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !loneSurrogate.test(text);
}

/** The same refusal, of an item of a list: its field is the item's path and then its own. */
export function inItem(path: readonly string[], error: UserError): UserError {
  return { ...error, field: [...path, ...(error.field ?? [])] };
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const addressLengthMax = 320;
/** Printable ASCII on both sides: what lower case is must not depend on who computes it. */
const address = /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/;

function invalid(message: string, name: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: [name] };
}
