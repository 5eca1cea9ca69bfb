import { nearestLanguage, type Language } from '../../core/notation/languages';
import { knownLocale, type Locale } from '../../core/notation/locales';

/** The language of the pages. The gate has all of them, and takes the one that its page asks for. */
export const pageLanguage: Language = 'en';

/** How pages write dates and numbers. */
let pageLocale: Locale = 'en-GB';

/** Stores the locale that the service sent with the account. */
export function knowLocale(tag: string): void {
  pageLocale = knownLocale(tag);
}

/** The language whose notation of numbers the page's locale has. */
export function notation(): Language {
  return nearestLanguage(pageLocale);
}

/**
 * The BCP 47 tag by which `Intl` writes a language's dates and counts; without a language, those of the
 * page. English dates are written as most of the world writes them: 24 Nov 2026.
 */
export function tagOf(language?: Language): string {
  if (!language) return pageLocale;
  return language === 'en' ? 'en-GB' : language;
}
