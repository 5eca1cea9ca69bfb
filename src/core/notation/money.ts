import { formatMinor } from '../money';
import type { Language } from './languages';

/**
 * Money, exact, of the API's '1234.50': 'USD 1,234.50', in German '1.234,50 USD'. With its currency's
 * code, because several currencies share a symbol.
 */
export function writeMoney(
  { amount, currency }: { amount: string; currency: string },
  language: Language,
): string {
  const number = writeNumber(amount, language);
  return marks[language].codeFirst ? `${currency} ${number}` : `${number} ${currency}`;
}

/** The same of an amount in minor units, such as cents: 'USD 540.00' of 54000. */
export function writeMinor(money: { minor: number; currency: string }, language: Language): string {
  return writeMoney({ amount: formatMinor(money), currency: money.currency }, language);
}

/** A decimal string with the separators of a language: '1,234.50'. */
export function writeNumber(decimal: string, language: Language): string {
  const { group, point } = marks[language];
  const [whole = '', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return fraction === undefined ? grouped : `${grouped}${point}${fraction}`;
}

const marks: Record<Language, { group: string; point: string; codeFirst: boolean }> = {
  en: { group: ',', point: '.', codeFirst: true },
  // A decimal point could be read as a thousands separator, for example with the three decimals of a dinar.
  de: { group: '.', point: ',', codeFirst: false },
  es: { group: '.', point: ',', codeFirst: false },
  ja: { group: ',', point: '.', codeFirst: true },
};
