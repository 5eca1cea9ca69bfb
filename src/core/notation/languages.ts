/*
 * The languages of texts for people. The folder has the notation of dates, durations, amounts and zones:
 * pages, mails, notices and invoices write them by the same functions. Nothing of it is from Intl or
 * luxon's locales, whose patterns differ between versions of Node: the notice is hashed into a
 * confirmation, and another replica must write exactly the same words.
 */

export const languages = ['en', 'de', 'es', 'ja'] as const;
export type Language = (typeof languages)[number];

/** BCP 47 asks for room for 35 characters; a POSIX locale adds its encoding. */
const lengthMax = 100;

/**
 * The shipped language nearest to a BCP 47 tag or a POSIX locale, in either case: 'de-AT', 'de_AT',
 * 'de_AT.UTF-8' and 'DE' are 'de'. English for every other language and for any other text.
 */
export function nearestLanguage(locale: string): Language {
  // A longer text is no tag, and a caller may send any text.
  if (locale.length > lengthMax) return 'en';
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  // A tag is subtags of one to eight letters or digits; the first of them is the language.
  if (!/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag)) return 'en';
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? 'en';
}
