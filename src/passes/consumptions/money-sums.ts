import { toMoney, type MoneyType } from '../../api/money.type';
import type { Money } from '../../ledger/model/ledger';

/*
 * Sums of money over consumptions. The lots of an account may have been bought in several currencies,
 * so a sum is a list: one amount per currency. Amounts of different currencies are never added.
 */

/** SQL for such a list, by the codes of the currencies: of rows that have one currency each. */
export const sumsSql = (minor: string, currency: string) =>
  `coalesce(json_agg(json_build_object('minor', ${minor}, 'currency', ${currency})
     order by ${currency}) filter (where ${minor} is not null), '[]')`;

/** The sums of a list that has several amounts in a currency, in the order of the codes. */
export function sumsByCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { minor, currency } of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + minor);
  }
  return [...sums]
    .map(([currency, minor]) => ({ minor, currency }))
    .sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** The two public forms: the only amount, null if there are several or none; and all amounts. */
export function writeSums(sums: readonly Money[]): { only: MoneyType | null; all: MoneyType[] } {
  const all = sums.map(toMoney);
  return { only: all.length === 1 ? all[0]! : null, all };
}
