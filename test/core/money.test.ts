import fc from 'fast-check';
import { formatMinor, minorDigits } from '../../src/core/money';

describe('the digits of a minor unit', () => {
  test.each([
    ['USD', 2],
    ['EUR', 2],
    ['HUF', 2],
    ['JPY', 0],
    ['CLP', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['XYZ', 2],
  ])('%s has %i', (currency, digits) => expect(minorDigits(currency)).toBe(digits));
});

describe('an amount in minor units as a decimal string', () => {
  test.each([
    [1200, 'USD', '12.00'],
    [5, 'USD', '0.05'],
    [0, 'USD', '0.00'],
    [-1, 'USD', '-0.01'],
    [1200, 'JPY', '1200'],
    [0, 'JPY', '0'],
    [-7, 'JPY', '-7'],
    [12_500, 'KWD', '12.500'],
    [1, 'KWD', '0.001'],
    [12_345, 'CLF', '1.2345'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ])('%i of %s is %s', (minor, currency, amount) =>
    expect(formatMinor({ minor, currency })).toBe(amount),
  );

  test.each([0.5, NaN, Infinity, 2 ** 53])('%d is no amount', (minor) =>
    expect(() => formatMinor({ minor, currency: 'USD' })).toThrow('Not an amount'),
  );

  test('no minor unit is lost or added', () => {
    const currencies = fc.constantFrom('USD', 'JPY', 'KWD', 'CLF');
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (minor, currency) => {
        const amount = formatMinor({ minor, currency });
        expect(amount.split('.')[1]?.length ?? 0).toBe(minorDigits(currency));
        expect(Number(amount.replace('.', ''))).toBe(minor);
      }),
    );
  });
});
