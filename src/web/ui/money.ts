/** Money as it is written, exact: '1,234.50 USD' of the API's '1234.50'. */
export function writeMoney({ amount, currency }: { amount: string; currency: string }): string {
  const [whole = '0', part] = amount.split('.');
  const grouped = BigInt(whole).toLocaleString('en');
  return `${part === undefined ? grouped : `${grouped}.${part}`} ${currency}`;
}
