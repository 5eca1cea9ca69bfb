import { pageLanguage, tagOf, type Language } from './language';

/**
 * Money, exact, with its currency's code as in the notices of the service, because a symbol may stand for
 * several currencies: 'USD 1,234.50', in German '1.234,50 USD', of the API's '1234.50'.
 */
export function writeMoney(
  { amount, currency }: { amount: string; currency: string },
  language: Language = pageLanguage,
): string {
  const [whole = '0', fraction] = amount.split('.');
  const isComma = language === 'de' || language === 'es';
  const grouped = BigInt(whole).toLocaleString(tagOf(language));
  const number = fraction === undefined ? grouped : `${grouped}${isComma ? ',' : '.'}${fraction}`;
  return isComma ? `${number} ${currency}` : `${currency} ${number}`;
}

/** Money in the minor units of its currency, such as cents: 'USD 540.00' of 54000. */
export function writeMinor(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const point = text.length - digits;
  const amount = digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
  return writeMoney({ amount, currency });
}

function digitsOf(currency: string): number {
  const style = { style: 'currency', currency } as const;
  return new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2;
}
