import type { Language } from '../../core/notation/languages';

/** The language of the pages. The gate has all of them, and takes the one that its page asks for. */
export const pageLanguage: Language = 'en';

/**
 * The BCP 47 tag by which `Intl` writes a language's dates and counts. English dates are written as most
 * of the world writes them: 24 Nov 2026.
 */
export function tagOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}
