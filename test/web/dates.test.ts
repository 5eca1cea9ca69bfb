import { startOfLocalDate, wallClock } from '../../src/time/local-day';
import { offsetChanges, writeLocalText } from '../../src/time/local-text';
import { nextTransition, zoneNames } from '../../src/time/zone-database';
import { dateAfter } from '../../src/web/format/calendar';
import { readLocal } from '../../src/web/format/local';
import { dateIn, instantOf, knowZones, localIn, startOfDate } from '../../src/web/format/zone';
import { languages } from '../../src/core/notation/languages';
import { writeMoney } from '../../src/core/notation/money';
import { writeClock } from '../../src/web/format/times';
import { wordsOf } from '../../src/web/gate/words';
import { writeInstant } from '../../src/web/ui/write-instant';

const at = (text: string) => Date.parse(text);
const from = at('2010-01-01T00:00:00Z');
const to = at('2040-01-01T00:00:00Z');

/** As the service answers. */
const answerOf = (name: string) => ({ name, offsetChanges: offsetChanges(name, from, to) });

/** Around each change of the clocks, and some instants of no account. */
function instantsOf(zone: string): number[] {
  const instants = [from, at('2026-11-23T12:34:56.789Z')];
  for (let change = nextTransition(zone, from); change !== null && change < to;) {
    instants.push(change - 1, change, change + 86_400_000);
    change = nextTransition(zone, change);
  }
  return instants;
}

// Luxon, on the service's side, reads the system's locale from `Intl` once, at its first use.
startOfLocalDate('2026-11-23', 'UTC');

beforeEach(() => {
  // What a browser knows of zones plays no part.
  const { DateTimeFormat } = Intl;
  jest.spyOn(Intl, 'DateTimeFormat').mockImplementation((language, options) => {
    if (options?.timeZone !== 'UTC') throw new RangeError(`Asked for ${options?.timeZone}`);
    return new DateTimeFormat(language, options);
  });
});
afterEach(() => jest.restoreAllMocks());

test('in every zone a page shows the offset and the date of the service, and has the same days', () => {
  const wrong: string[] = [];
  for (const zone of zoneNames()) {
    knowZones([answerOf(zone)], zone);
    for (const ms of instantsOf(zone)) {
      const { localDate, offsetMinutes } = wallClock(ms, zone);
      const isRight =
        localIn(ms, zone).offsetMinutes === offsetMinutes &&
        dateIn(ms, zone) === localDate &&
        startOfDate(localDate, zone) === new Date(startOfLocalDate(localDate, zone)).toISOString();
      if (!isRight) wrong.push(`${zone} ${new Date(ms).toISOString()}`);
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['2026-11-23', 'UTC', '2026-11-23T00:00:00.000Z'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z'],
  ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['2028-02-29', 'America/Vancouver', '2028-02-29T07:00:00.000Z'],
  ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00.000Z'],
  ['2026-02-3', 'UTC', null],
  ['never', 'UTC', null],
  ['2026-13-01', 'UTC', null],
])('%s in %s begins at %s', (date, zone, start) => {
  knowZones([answerOf(zone)], zone);
  expect(startOfDate(date, zone)).toBe(start);
});

test.each([
  ['2026-11-23T14:05', 'America/Vancouver', '2026-11-23T21:05:00.000Z'],
  ['2026-11-23T14:05:30', 'Asia/Kathmandu', '2026-11-23T08:20:30.000Z'],
  // This time happens twice.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  // These times do not exist.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['', 'UTC', null],
  ['2026-11-23', 'UTC', null],
  ['2026-11-23T25:00', 'UTC', null],
])('a field’s time %s is in the page’s zone, %s, the instant %s', (text, zone, instant) => {
  knowZones([answerOf('Asia/Tokyo'), answerOf(zone)], zone);
  expect(instantOf(text)).toBe(instant);
});

const there = (timeZone: string) => {
  const local = writeLocalText(Date.parse('2028-03-01T00:00:00-05:00'), timeZone);
  return { local, timeZone };
};

test.each([
  [undefined, '1 Mar 2028, 00:00'],
  [there('America/New_York'), '1 Mar 2028, 00:00'],
  // Another zone whose clocks show the same.
  [there('America/Lima'), '1 Mar 2028, 00:00'],
  [there('Asia/Kolkata'), '1 Mar 2028, 10:30 in Kolkata'],
  [there('America/St_Johns'), '1 Mar 2028, 01:30 in St. John’s'],
])('on a page in New York time, an instant at %j is %s', (at, shown) => {
  knowZones([answerOf('Asia/Tokyo'), answerOf('America/New_York')], 'America/New_York');
  expect(writeInstant('2028-03-01T05:00:00.000Z', at)).toBe(shown);
});

test('the gate writes the end of a pass in each of its languages, with the city of the agent', () => {
  expect(Object.keys(wordsOf)).toEqual(languages);
  for (const language of languages) {
    for (const zone of ['America/Coyhaique', 'America/Vancouver', 'Asia/Kathmandu']) {
      const text = writeLocalText(startOfLocalDate('2028-02-29', zone), zone);
      const when = writeClock(readLocal(text), 'weekday', language);
      expect(wordsOf[language].grantedUntil(when, 'Z')).toMatch(/29.*\b0?0:00.*[(（]Z[)）]/);
    }
  }
});

test.each([
  ['en', '1234.50', 'USD', 'USD 1,234.50'],
  ['en', '1200', 'JPY', 'JPY 1,200'],
  ['ja', '12.00', 'USD', 'USD 12.00'],
  ['de', '1234.50', 'EUR', '1.234,50 EUR'],
  ['es', '12.500', 'KWD', '12,500 KWD'],
  ['en', '99999999999999999.99', 'USD', 'USD 99,999,999,999,999,999.99'],
] as const)(
  'in %s the amount %s %s is written %s, exactly',
  (language, amount, currency, shown) => {
    expect(writeMoney({ amount, currency }, language)).toBe(shown);
  },
);

test('the date after a date, and after a text that is no date', () => {
  expect(dateAfter('2028-02-28')).toBe('2028-02-29');
  expect(dateAfter('2026-12-31')).toBe('2027-01-01');
  expect(dateAfter('soon')).toBeNull();
});
