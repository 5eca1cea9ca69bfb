import type { UserError } from './user-error';

/**
 * The first of the named texts that is empty, longer than its bound, or holds what PostgreSQL cannot
 * store (U+0000, a lone surrogate), as a refusal; null where all are well.
 */
export function refuseTexts(
  texts: Record<string, [text: string | null | undefined, lengthMax: number]>,
): UserError | null {
  for (const [name, [text, lengthMax]] of Object.entries(texts)) {
    if (text == null) continue;
    if (text.trim().length >= 1 && text.length <= lengthMax && isStorable(text)) continue;
    const message = `${name} must be 1 to ${lengthMax} characters of well-formed text.`;
    return { code: 'VALIDATION_FAILED', message, field: [name] };
  }
  return null;
}

/** Whether PostgreSQL can hold the text: no U+0000, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !loneSurrogate.test(text);
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
