import { GraphQLCurrency } from 'graphql-scalars';

/**
 * Codes of ISO 4217 that are not money: metals, funds, tests. Currencies of several countries are
 * money.
 */
const notMoney = /^X(?!AF|CD|CG|OF|PF)/;

/** Whether the text is the code of a currency, in capitals as ISO 4217 writes it. */
export function isCurrency(code: string): boolean {
  if (!/^[A-Z]{3}$/.test(code) || notMoney.test(code)) return false;
  try {
    GraphQLCurrency.parseValue(code);
    return true;
  } catch {
    return false;
  }
}
