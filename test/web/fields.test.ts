import { readWhole, writeCount } from '../../src/web/format/count';
import { knowLocale } from '../../src/web/format/language';
import { readAmount, writeAmount, writeMoney } from '../../src/web/format/money';
import { writeClock } from '../../src/web/format/times';
import { atMost, filled, isAmountOrEmpty, isEmail, webAddress } from '../../src/web/ui/field-rules';

/** What is typed into a field, and what the field says to it. */
const missing = 'Fill in this field.';
const email = 'Enter an email address, such as name@example.com.';
const url = 'Enter a web address that begins with https://.';
const amount = 'Enter an amount such as 36 or 36.50, or leave it empty.';
const long = 'Use at most 20 characters.';

test.each([
  ['a name', filled(20), '', missing],
  ['a name', filled(20), '  \t\n ', missing],
  ['a name', filled(20), 'x'.repeat(20), null],
  ['a name', filled(20), 'x'.repeat(21), long],
  ['a remark', atMost(20), '', null],
  ['a remark', atMost(20), 'x'.repeat(21), long],
  ['an e-mail address', isEmail, ' ', missing],
  ['an e-mail address', isEmail, 'ada', email],
  ['an e-mail address', isEmail, 'ada@', email],
  ['an e-mail address', isEmail, 'ada lovelace@desk.example', email],
  ['an e-mail address', isEmail, 'ada@desk.example, bob@desk.example', email],
  ['an e-mail address', isEmail, ' ada@desk.example ', null],
  ['an e-mail address', isEmail, `${'x'.repeat(250)}@desk.example`, 'Use at most 254 characters.'],
  ['a web address', webAddress(20), '', missing],
  ['a web address', webAddress(20), 'desk.example', url],
  ['a web address', webAddress(20), 'ftp://desk.example', url],
  ['a web address', webAddress(20), 'https://', url],
  ['a web address', webAddress(20), 'https://a b.example', url],
  ['a web address', webAddress(20), 'https://a.example', null],
  ['a web address', webAddress(20), 'https://desk.example/hooks', long],
  ['an amount', isAmountOrEmpty, '', null],
  ['an amount', isAmountOrEmpty, ' 36.50 ', null],
  ['an amount', isAmountOrEmpty, '-3', amount],
  ['an amount', isAmountOrEmpty, '1,5', amount],
  ['an amount', isAmountOrEmpty, '12345678', amount],
  ['an amount', isAmountOrEmpty, '1e3', amount],
])('%s: %# is refused in words, or accepted', (_field, rule, typed, says) => {
  expect(rule(typed)).toBe(says);
});

test.each([
  ['', null],
  [' ', null],
  ['-3', null],
  [-3, null],
  ['1.5', null],
  [1.5, null],
  ['1,5', null],
  ['12,00', null],
  ['1e3', null],
  ['0x10', null],
  ['0', null],
  ['2001', null],
  [1, 1],
  ['1', 1],
  [' 20 ', 20],
  ['1200', 1200],
  ['1,200', 1200],
])('a field for a whole number from 1 to 2,000 reads %j as %j', (typed, count) => {
  expect(readWhole(typed, { min: 1, max: 2000 })).toBe(count);
});

describe('in the locale of the account', () => {
  afterEach(() => knowLocale('en-GB'));

  test.each([
    ['en-GB', '24 Nov 2026, 00:00', '1,234,567', 'USD 1,234.50', '1,200', '36.50'],
    ['en-US', 'Nov 24, 2026, 00:00', '1,234,567', 'USD 1,234.50', '1,200', '36.50'],
    ['de-DE', '24. Nov. 2026, 00:00', '1.234.567', '1.234,50 USD', '1.200', '36,50'],
    ['es-ES', '24 nov 2026, 00:00', '1.234.567', '1.234,50 USD', '1.200', '36,50'],
    ['ja-JP', '2026年11月24日 00:00', '1,234,567', 'USD 1,234.50', '1,200', '36.50'],
    ['xx-of-a-newer-release', '24 Nov 2026, 00:00', '1,234,567', 'USD 1,234.50', '1,200', '36.50'],
  ])(
    '%s: dates, counts, money, and what fields read',
    (locale, date, count, money, typed, price) => {
      knowLocale(locale);
      expect(writeClock({ ms: Date.UTC(2026, 10, 24), offsetMinutes: 0 }, 'full')).toBe(date);
      expect(writeCount(1_234_567)).toBe(count);
      expect(writeMoney({ amount: '1234.50', currency: 'USD' })).toBe(money);
      expect(readWhole(typed, { min: 1, max: 2000 })).toBe(1200);
      expect(readWhole('1200', { min: 1, max: 2000 })).toBe(1200);
      expect([writeAmount('36.50'), readAmount(price)]).toEqual([price, '36.50']);
      // The sign of another locale is a mistake, not a number a thousand times as large.
      const other = typed.includes(',') ? '1.200' : '1,200';
      expect(readWhole(other, { min: 1, max: 2000 })).toBeNull();
      expect(readAmount(price.includes(',') ? '36.50' : '36,50')).toBeNull();
      // A word of the gate, or of any text that names its language, is not concerned.
      expect(writeCount(1_234_567, 'en')).toBe('1,234,567');
    },
  );
});
