import { nearestLanguage, type Language } from '../core/notation/languages';
import { defineEnum } from './enum';

/** The name of a language in the API. */
export type LanguageName = Uppercase<Language>;

export const LanguageEnum = defineEnum<LanguageName>(
  'Language',
  'A language in which the service writes to people. Values may be added.',
  { EN: 'English.', DE: 'German.', ES: 'Spanish.', JA: 'Japanese.' },
);

/** What is stored for a name. */
export function languageOf(name: LanguageName): Language {
  return name.toLowerCase() as Language;
}

/** The name of what is stored; English for a language that only a newer release knows. */
export function nameOfLanguage(language: string): LanguageName {
  return nearestLanguage(language).toUpperCase() as LanguageName;
}
