import fc from 'fast-check';
import { languages, nearestLanguage, writeDate, writePrice } from '../../src/access/languages';
import { nearestLanguage as nearestInTheGate } from '../../src/web/format/language';

describe('the language nearest to a locale', () => {
  test.each([
    ['en', 'en'],
    ['de', 'de'],
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['de-at', 'de'],
    ['es-419', 'es'],
    ['es-Latn-CL', 'es'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['en-DE', 'en'],
    // POSIX and Java hosts write an underscore, and a character set or variant after it.
    ['de_AT', 'de'],
    ['DE_at', 'de'],
    ['es_CL.UTF-8', 'es'],
    ['de_DE@euro', 'de'],
    ['de_DE.ISO-8859-15@euro', 'de'],
    ['ja.UTF-8', 'ja'],
    ['ja_JP_JP', 'ja'],
  ])('%s is answered in %s', (locale, language) => {
    expect(nearestLanguage(locale)).toBe(language);
    expect(nearestInTheGate(locale)).toBe(language);
  });

  test.each([
    'fr',
    'zh-DE',
    'deu',
    'den',
    'x-de',
    '',
    'd',
    'de__AT',
    '_de',
    'C.UTF-8',
    'POSIX',
    'de-',
    'de--AT',
    ' de',
    'de\n',
    'de-toolongasubtag',
    'de;q=0.9',
    '日本語',
    '__proto__',
  ])('%j is answered in English', (locale) => {
    expect(nearestLanguage(locale)).toBe('en');
    expect(nearestInTheGate(locale)).toBe('en');
  });

  test('for any request, the answer is in a language that exists', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (locale) => {
        expect(languages).toContain(nearestLanguage(locale));
        expect(nearestInTheGate(locale)).toBe(nearestLanguage(locale));
      }),
    );
  });
});

describe('dates and prices', () => {
  test.each([
    ['en', '4 March 2026', 'USD 12.00', 'KWD 12.500'],
    ['de', '4. März 2026', '12,00 USD', '12,500 KWD'],
    ['es', '4 de marzo de 2026', '12,00 USD', '12,500 KWD'],
    ['ja', '2026年3月4日', 'USD 12.00', 'KWD 12.500'],
  ] as const)('as they are written in %s', (language, date, dollars, dinars) => {
    expect(writeDate('2026-03-04', language)).toBe(date);
    expect(writePrice({ minor: 1200, currency: 'USD' }, language)).toBe(dollars);
    expect(writePrice({ minor: 12_500, currency: 'KWD' }, language)).toBe(dinars);
  });

  test.each(languages)('each month of the year has its own name in %s', (language) => {
    const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
    const written = months.map((month) => writeDate(`2026-${month}-01`, language));
    expect(new Set(written).size).toBe(12);
    expect(written.join()).not.toContain('undefined');
  });
});
