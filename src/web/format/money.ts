import { writeMoney as writeMoneyIn, writeMinor as writeMinorIn } from '../../core/notation/money';
import { pageLanguage } from './language';

/** Money in the language of the pages: 'USD 1,234.50' of the API's '1234.50'. */
export function writeMoney(money: { amount: string; currency: string }): string {
  return writeMoneyIn(money, pageLanguage);
}

/** Money in the minor units of its currency, such as cents: 'USD 540.00' of 54000. */
export function writeMinor(minor: number, currency: string): string {
  return writeMinorIn({ minor, currency }, pageLanguage);
}

/** Sums by currency, which are never added: 'EUR 20.00 · USD 540.00'; '–' if nothing was paid. */
export function writeSums(sums: readonly { amount: string; currency: string }[]): string {
  return sums.map(writeMoney).join(' · ') || '–';
}
