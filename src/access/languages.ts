import { formatMinor } from '../core/money';
import type { Money } from '../ledger/model/ledger';

/*
 * The languages of texts for people, and how each writes a date and a price. Nothing of it is from
 * Intl or luxon's locales, whose patterns differ between versions of Node: the notice is hashed
 * into a confirmation, and another replica must write exactly the same words.
 */

export const languages = ['en', 'de', 'es', 'ja'] as const;
export type Language = (typeof languages)[number];

/**
 * The shipped language nearest to a BCP 47 tag or a POSIX locale, in either case: 'de-AT', 'de_AT',
 * 'de_AT.UTF-8' and 'DE' are 'de'. English for every other language and for any other text.
 */
export function nearestLanguage(locale: string): Language {
  const tag = locale.replace(/[.@].*$/, '').replaceAll('_', '-');
  // A tag is subtags of one to eight letters or digits; the first of them is the language.
  if (!/^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag)) return 'en';
  const primary = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? 'en';
}

/** A date YYYY-MM-DD as people write it: '24 November 2026', '24. November 2026', '2026年11月24日'. */
export function writeDate(localDate: string, language: Language): string {
  const [year = 0, month = 0, day = 0] = localDate.split('-').map(Number);
  switch (language) {
    case 'en':
      return `${day} ${monthNames.en[month - 1]} ${year}`;
    case 'de':
      return `${day}. ${monthNames.de[month - 1]} ${year}`;
    case 'es':
      return `${day} de ${monthNames.es[month - 1]} de ${year}`;
    case 'ja':
      return `${year}年${month}月${day}日`;
  }
}

/**
 * A price with its currency's code, because several currencies share a symbol: 'USD 12.00', '12,00
 * USD'.
 */
export function writePrice(price: Money, language: Language): string {
  const amount = formatMinor(price);
  switch (language) {
    case 'en':
    case 'ja':
      return `${price.currency} ${amount}`;
    case 'de':
    case 'es':
      // A decimal point could be read as a thousands separator, for example with the three decimals
      // of a dinar.
      return `${amount.replace('.', ',')} ${price.currency}`;
  }
}

const monthNames = {
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
};
