/**
 * The locales in which pages write dates and numbers, as BCP 47 tags. Their texts are in the language of
 * the pages, whatever the locale.
 */
export const locales = ['en-GB', 'en-US', 'de-DE', 'es-ES', 'ja-JP'] as const;
export type Locale = (typeof locales)[number];

/** A locale that is stored or sent; en-GB for one that only a newer release knows. */
export function knownLocale(tag: string): Locale {
  return locales.find((locale) => locale === tag) ?? 'en-GB';
}
