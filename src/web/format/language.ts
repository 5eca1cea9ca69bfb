/*
 * The languages that people read here, and the BCP 47 tag by which `Intl` writes each one's dates and
 * numbers. English dates are written as most of the world writes them: 24 Nov 2026.
 */

export const languages = ['en', 'de', 'es', 'ja'] as const;
export type Language = (typeof languages)[number];

/** The language of the pages. The gate has all four, and takes the one that its page asks for. */
export const pageLanguage: Language = 'en';

/** The shipped language nearest to a BCP 47 tag or a POSIX locale, by the same rule as the service. */
export function nearestLanguage(locale: string): Language {
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  if (!/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag)) return 'en';
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? 'en';
}

export function tagOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
