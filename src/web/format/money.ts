import {
  writeMinor as writeMinorIn,
  writeMoney as writeMoneyIn,
  writeNumber,
} from '../../core/notation/money';
import { notation } from './language';

/** Money in the notation of the pages: 'USD 1,234.50' of the API's '1234.50'. */
export function writeMoney(money: { amount: string; currency: string }): string {
  return writeMoneyIn(money, notation());
}

/** Money in the minor units of its currency, such as cents: 'USD 540.00' of 54000. */
export function writeMinor(minor: number, currency: string): string {
  return writeMinorIn({ minor, currency }, notation());
}

/** Sums by currency, which are never added: 'EUR 20.00 · USD 540.00'; '–' if nothing was paid. */
export function writeSums(sums: readonly { amount: string; currency: string }[]): string {
  return sums.map(writeMoney).join(' · ') || '–';
}

/** An amount as a field has it: '36.50' or, in German, '36,50'. */
export function writeAmount(amount: string): string {
  return amount.replace('.', pointSign());
}

/** The API's amount of what is written in a field; null if it is not an amount. */
export function readAmount(text: string): string | null {
  const [whole = '', fraction, ...more] = text.trim().split(pointSign());
  const isAmount = /^\d{1,7}$/.test(whole) && /^\d{1,4}$/.test(fraction ?? '0');
  if (!isAmount || more.length > 0) return null;
  return fraction === undefined ? whole : `${whole}.${fraction}`;
}

function pointSign(): string {
  return writeNumber('0.0', notation()).charAt(1);
}
