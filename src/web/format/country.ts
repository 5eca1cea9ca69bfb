import { pageLanguage, tagOf } from './language';

/** The name of a country by its two letters: 'Germany' of 'de'. Null if the browser knows none. */
export function countryName(code: string): string | null {
  const tidy = code.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(tidy)) return null;
  const names = new Intl.DisplayNames(tagOf(pageLanguage), { type: 'region', fallback: 'none' });
  return names.of(tidy) ?? null;
}
