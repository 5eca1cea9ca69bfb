import { canonicalAddress } from '../core/mailbox';
import { isName, isStorable } from '../core/texts';
import type { UserError } from './user-error';

/** A text of an input and its greatest length; `orEmpty`: it may be empty. */
export type BoundedText = [text: string | null | undefined, lengthMax: number, option?: 'orEmpty'];

/**
 * The first of the named texts that is empty, longer than its bound, or holds what PostgreSQL
 * cannot store (U+0000, a lone surrogate), as a refusal; null if all are valid. A text that is not
 * given is valid.
 */
export function refuseTexts(texts: Record<string, BoundedText>): UserError | null {
  for (const [name, [text, lengthMax, option]] of Object.entries(texts)) {
    if (text == null) continue;
    const isFilled = option === 'orEmpty' || text.trim().length >= 1;
    if (isFilled && text.length <= lengthMax && isStorable(text)) continue;
    const least = option === 'orEmpty' ? 0 : 1;
    return invalid(
      `${name} must be ${least} to ${lengthMax} characters of valid Unicode text.`,
      name,
    );
  }
  return null;
}

/**
 * As `refuseTexts`, for names of people, organisations and things: a name is one line, does not change
 * the direction of the text around it, and can be seen. Names that were stored earlier stay as they are.
 */
export function refuseNames(texts: Record<string, BoundedText>): UserError | null {
  const refused = refuseTexts(texts);
  if (refused) return refused;
  for (const [name, [text]] of Object.entries(texts)) {
    if (text == null || isName(text)) continue;
    return invalid(
      `${name} must be one line of visible text, without control characters or direction marks.`,
      name,
    );
  }
  return null;
}

/**
 * As `refuseNames`, for names that mails contain: a name with a web address would be a foreign link
 * in a mail that we send.
 */
export function refuseMailedNames(texts: Record<string, BoundedText>): UserError | null {
  const refused = refuseNames(texts);
  if (refused) return refused;
  for (const [name, [text]] of Object.entries(texts)) {
    if (text?.includes('://')) return invalid(`${name} must not contain "://".`, name);
  }
  return null;
}

/**
 * The named instant as a refusal if it is given and outside the years that PostgreSQL and ISO 8601
 * write in the same way.
 */
export function refuseInstant(name: string, atMs: number | null | undefined): UserError | null {
  if (atMs == null || (atMs >= firstMs && atMs < endMs)) return null;
  return invalid(`${name} must be in the years 0001 to 9999 (UTC).`, name);
}

/** The named text as a refusal if it is given and is not exactly one mailbox; else null. */
export function refuseAddress(name: string, text: string | null | undefined): UserError | null {
  if (text == null || canonicalAddress(text) !== null) return null;
  return invalid(`${name} must be one e-mail address, such as name@company.example.`, name);
}

/** The same refusal for an item of a list: its field is the item's path followed by its own. */
export function inItem(path: readonly string[], error: UserError): UserError {
  return { ...error, field: [...path, ...(error.field ?? [])] };
}

const firstMs = Date.parse('0001-01-01T00:00:00Z');
const endMs = Date.parse('+010000-01-01T00:00:00Z');

function invalid(message: string, name: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: [name] };
}
