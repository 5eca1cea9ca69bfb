import { DomainError } from '../core/domain-error';
import { composed } from '../core/texts';

const searchLengthMax = 200;
const idsMax = 1_000;

/**
 * The pattern of `ilike` that finds a text anywhere, composed (NFC), with its wildcards escaped.
 * Throws BAD_USER_INPUT for a text of more than 200 characters.
 */
export function searchPattern(text: string): string {
  if (text.length > searchLengthMax) {
    throw new DomainError(
      'BAD_USER_INPUT',
      `The search text is too long. Use at most ${searchLengthMax} characters.`,
    );
  }
  return `%${composed(text)
    .trim()
    .replace(/[\\%_]/g, '\\$&')}%`;
}

/** The ids of a filter, unchanged. Throws BAD_USER_INPUT for more than 1,000. */
export function boundedIds(ids: readonly string[]): readonly string[] {
  if (ids.length <= idsMax) return ids;
  throw new DomainError(
    'BAD_USER_INPUT',
    `The filter has too many ids. Use at most ${idsMax} ids.`,
  );
}

/** Throws BAD_USER_INPUT unless exactly one of the two is given. */
export function requireOneOf(names: string, one: unknown, other: unknown): void {
  if ((one == null) !== (other == null)) return;
  throw new DomainError('BAD_USER_INPUT', `Give exactly one of ${names}.`);
}

const itemsMax = 100;

/** Throws BAD_USER_INPUT for a list of more than 100 items. */
export function refuseTooMany(items: readonly unknown[]): void {
  if (items.length <= itemsMax) return;
  throw new DomainError('BAD_USER_INPUT', `Too many items. Send at most ${itemsMax} at once.`);
}
