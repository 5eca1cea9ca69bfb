/**
 * How many decimal digits the currency's minor unit has: 2 for USD, 0 for JPY, 3 for KWD. By ISO
 * 4217; a code that is not listed below has 2, as nearly all have.
 */
export function minorDigits(currency: string): number {
  return otherThanTwo.get(currency) ?? 2;
}

/**
 * The amount as a decimal string with a point, without grouping and without the currency: '12.00',
 * or '1200' yen. It works on whole numbers only, so nothing is rounded. Throws an Error if `minor`
 * is not a safe integer.
 */
export function formatMinor(money: { minor: number; currency: string }): string {
  const { minor, currency } = money;
  if (!Number.isSafeInteger(minor)) throw new Error(`Not an amount in minor units: ${minor}`);
  const sign = minor < 0 ? '-' : '';
  const decimals = minorDigits(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * ISO 4217, list one, for currencies whose exponent is not 2. Intl is not used: its data differs in
 * age between machines, and follows usage (no decimals for some currencies), while banks follow the
 * list.
 */
const otherThanTwo: ReadonlyMap<string, number> = new Map([
  ...listed(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...listed(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...listed(4, 'CLF UYW'),
]);

function listed(digits: number, currencies: string): [string, number][] {
  return currencies.split(' ').map((currency) => [currency, digits]);
}

/**
 * The minor units of a decimal string in a currency; null if the string has more digits than the
 * currency.
 */
export function parseMinor(amount: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const [, whole, fraction = ''] = /^(\d{1,15})(?:\.(\d*))?$/.exec(amount) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(digits))) return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** A decimal number without zeros that mean nothing: '60.00' and '060.0' are '60'. */
export function plainDecimal(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = withoutZeros(fraction);
  const plain = whole.replace(/^(-?)0+(?=\d)/, '$1');
  return digits === '' ? plain : `${plain}.${digits}`;
}

/** By counting, because a pattern for the end of a text reads each run of zeros again and again. */
function withoutZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}
