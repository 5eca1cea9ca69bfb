/**
 * How people's words (names, subjects) are compared: by the root collation of ICU, which every
 * PostgreSQL with ICU has under this name. The locale of the database decides nothing: under "C",
 * "É" has no lower case and "Łukasz" comes after "Zoe". A nondeterministic collation, which ignores
 * case without `lower`, is not an alternative: `like` refuses it before PostgreSQL 18.
 */
export const wordCollation = '"und-x-icu"';

/** Words without regard to upper and lower case: an SQL expression to order and to compare by. */
export function foldedWords(sql: string): string {
  return `lower(${sql} collate ${wordCollation})`;
}

/**
 * Whether words contain what `pattern` describes, in any case, as an SQL condition. Accents count.
 * Words that were stored before texts came in composed (NFC) are composed here.
 */
export function wordsLike(sql: string, pattern: string): string {
  return `normalize(${sql}, nfc) collate ${wordCollation} ilike ${pattern}`;
}
