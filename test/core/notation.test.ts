import fc from 'fast-check';
import { writeDate } from '../../src/core/notation/date';
import { hoursAndMinutes, writeAge, writeDuration } from '../../src/core/notation/duration';
import { languages, nearestLanguage } from '../../src/core/notation/languages';
import { writeMinor } from '../../src/core/notation/money';
import { writeZone } from '../../src/core/notation/zone';
import { startOfLocalDate } from '../../src/time/local-day';
import { writeTime } from '../../src/time/write-time';
import { zoneNames } from '../../src/time/zone-database';
import { writeDate as writeOnPage } from '../../src/web/format/times';

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
  });

  test('for any request, the answer is in a language that exists', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (locale) => {
        expect(languages).toContain(nearestLanguage(locale));
      }),
    );
  });
});

/** In July, when New York, Berlin and St. John's have summer time, and Sydney and Chatham have not. */
const july = Date.parse('2026-07-01T12:00:00Z');

describe('times with their zone', () => {
  test.each([
    ['America/St_Johns', '09:30', 'St. John’s time (NDT)', 'NDT', 'St. John’s'],
    ['Asia/Kolkata', '17:30', 'Kolkata time (IST)', 'IST', 'Kolkata'],
    ['Asia/Kathmandu', '17:45', 'Kathmandu time', null, 'Kathmandu'],
    ['Pacific/Chatham', '00:45', 'Chatham time', null, 'Chatham'],
    ['America/New_York', '08:00', 'New York time (EDT)', 'EDT', 'New York'],
    ['Europe/Berlin', '14:00', 'Berlin time (CEST)', 'CEST', 'Berlin'],
    ['UTC', '12:00', 'UTC', 'UTC', 'UTC'],
    ['America/Sao_Paulo', '09:00', 'São Paulo time', null, 'São Paulo'],
    ['Australia/Sydney', '22:00', 'Sydney time (AEST)', 'AEST', 'Sydney'],
  ])('%s', (zone, time, english, abbreviation, place) => {
    const date = zone === 'Pacific/Chatham' ? 2 : 1;
    expect(writeTime(july, zone, 'en')).toBe(`${date} July 2026, ${time}, ${english}`);
    const short = abbreviation === 'CEST' ? 'MESZ' : abbreviation;
    const isNamed = zone !== 'UTC';
    const after = (open: string, end: string, text: string | null) =>
      text === null ? '' : `${open}${text}${end}`;
    expect(writeTime(july, zone, 'de')).toBe(
      `${date}. Juli 2026, ${time}, ${isNamed ? `Ortszeit ${place}${after(' (', ')', short)}` : 'UTC'}`,
    );
    expect(writeTime(july, zone, 'es')).toBe(
      `${date} de julio de 2026, ${time}, ${isNamed ? `hora de ${place}${after(' (', ')', abbreviation)}` : 'UTC'}`,
    );
    expect(writeTime(july, zone, 'ja')).toBe(
      `2026年7月${date}日, ${time}, ${isNamed ? `${place}時間${after('（', '）', abbreviation)}` : 'UTC'}`,
    );
  });

  test('the abbreviation is that of the instant', () => {
    const newYear = startOfLocalDate('2027-01-01', 'America/New_York');
    expect(writeTime(newYear, 'America/New_York', 'en')).toBe(
      '1 January 2027, 00:00, New York time (EST)',
    );
  });

  test.each([
    ['Etc/GMT+5', 'UTC−5'],
    ['Etc/GMT-14', 'UTC+14'],
    ['GMT-0', 'UTC'],
    ['CET', 'CET'],
    ['Japan', 'Japan time'],
    ['America/Argentina/Buenos_Aires', 'Buenos Aires time'],
  ])('the zone %s is named %s', (zone, named) => {
    expect(writeZone(zone, 'en')).toBe(named);
  });

  test('no zone of the database is named by an offset from GMT, nor by its raw name', () => {
    for (const language of languages) {
      const raw = zoneNames().filter((zone) =>
        /GMT[+−-]|[/_]/.test(writeTime(july, zone, language)),
      );
      expect(raw).toEqual([]);
    }
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
    expect(writeMinor({ minor: 1200, currency: 'USD' }, language)).toBe(dollars);
    expect(writeMinor({ minor: 12_500, currency: 'KWD' }, language)).toBe(dinars);
    // Pages write with Intl what the service writes without it.
    expect(writeOnPage('2026-03-04', 'longDate', language)).toBe(date);
  });

  test.each(languages)('each month of the year has its own name in %s', (language) => {
    const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
    const written = months.map((month) => writeDate(`2026-${month}-01`, language));
    expect(new Set(written).size).toBe(12);
    expect(written.join()).not.toContain('undefined');
  });
});

const minute = 60_000;
const hour = 60 * minute;

describe('durations', () => {
  test.each([
    [{ hours: 9, minutes: 9, seconds: null }, '9 h 9 min', '9時間9分'],
    [{ hours: 1, minutes: 0, seconds: null }, '1 h', '1時間'],
    [{ hours: 25, minutes: 1, seconds: null }, '25 h 1 min', '25時間1分'],
    [{ hours: 0, minutes: 1, seconds: null }, '1 min', '1分'],
    [{ hours: 0, minutes: 0, seconds: null }, '0 min', '0分'],
    [{ hours: 0, minutes: 1, seconds: 5 }, '1 min 5 s', '1分5秒'],
    [{ hours: 0, minutes: 2, seconds: 0 }, '2 min', '2分'],
    [{ hours: 0, minutes: 0, seconds: 0 }, '0 s', '0秒'],
  ])('%j is %s, and %s in Japanese', (duration, latin, japanese) => {
    const written = languages.map((language) => writeDuration(duration, language));
    expect(written).toEqual([latin, latin, latin, japanese]);
  });

  test.each([
    [-minute, '0 min'],
    [0, '0 min'],
    [1, '1 min'],
    [minute, '1 min'],
    [59 * minute + 1, '1 h'],
    [9 * hour + 8 * minute + 1, '9 h 9 min'],
  ])('of %d ms that are left, a part of a minute counts as one: %s', (ms, written) => {
    expect(writeDuration(hoursAndMinutes(ms), 'en')).toBe(written);
  });

  test.each([
    [-1, '0 min', '0 min', '0 min', '0分'],
    [hour - 1, '59 min', '59 min', '59 min', '59分'],
    [24 * hour - 1, '23 h', '23 h', '23 h', '23時間'],
    [24 * hour, '1 day', '1 Tag', '1 día', '1日'],
    [72 * hour - 1, '2 days', '2 Tage', '2 días', '2日'],
  ])('an age of %d ms is %s, %s, %s, %s', (ms, ...written) => {
    expect(languages.map((language) => writeAge(ms, language))).toEqual(written);
  });
});
