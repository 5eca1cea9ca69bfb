import { bigint, group, text } from './codec';

/** An amount in the currency's minor unit, without tax. */
export interface Money {
  minor: number;
  currency: string;
}

/** An amount, stored in two columns. */
export const money = (minorColumn: string, currencyColumn: string) =>
  group({ minor: bigint(minorColumn), currency: text(currencyColumn) });
