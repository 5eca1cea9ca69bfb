/*
 * VAT identification numbers, checked by form only: whether a number is registered can be asked at
 * the VIES service of the European Union, which is a network call that an invoice must not wait for.
 */

/** The digits and letters after the prefix. The prefix is the country, except EL (Greece). */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^[0-9A-Z]\d{7}[0-9A-Z]$/,
  FI: /^\d{8}$/,
  FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[0-9A-Z+*]{10}\d\d$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{10}01$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
  GB: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  XI: /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
  NO: /^\d{9}(MVA)?$/,
};

/** What a number of another country can look like: India and Australia have no prefix. */
const otherForm = /^[0-9A-Z]{4,20}$/;
const swiss = /^CHE\d{9}(MWST|TVA|IVA)?$/;

/** People write spaces, dots and hyphens into the numbers: 'DE 123 456 789'. */
export function plainVatId(text: string): string {
  return text.toUpperCase().replace(/[\s.\-/]/g, '');
}

/** The countries of the European Union, whose VAT ids must have the form of their country. */
export const euCountries: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Whether a company in that country can have the number, by its form. Expects a plain number. */
export function isVatId(vatId: string, country: string): boolean {
  if (country === 'CH' || country === 'LI') return swiss.test(vatId);
  const prefix = vatId.slice(0, 2);
  const form = forms[prefix];
  // A company may be registered in another country of the European Union than that of its address.
  if (euCountries.has(country)) return prefix !== 'NO' && form !== undefined && matches(vatId);
  return matches(vatId) || (!(prefixOf(country) in forms) && otherForm.test(vatId));
}

/** The number of a seller outside the European Union in the One Stop Shop, which no country issued. */
export function isOneStopShopNumber(number: string): boolean {
  return /^EU\d{9}$/.test(number);
}

/** The country of the European Union that issued the number; null if no country of the Union did. */
export function euCountryOf(vatId: string): string | null {
  const prefix = vatId.slice(0, 2);
  const country = prefix === 'EL' ? 'GR' : prefix;
  return euCountries.has(country) && matches(vatId) ? country : null;
}

function prefixOf(country: string): string {
  return country === 'GR' ? 'EL' : country;
}

function matches(vatId: string): boolean {
  return forms[vatId.slice(0, 2)]?.test(vatId.slice(2)) ?? false;
}
