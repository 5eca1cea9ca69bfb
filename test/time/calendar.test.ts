import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dayNumberOf,
  isCalendarDate,
  startOfMonth,
  startOfWeek,
} from '../../src/time/calendar';

test.each(['2026-02-28', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
  '%s is a date',
  (text) => expect(isCalendarDate(text)).toBe(true),
);

test.each([
  ['2026-02-30', 'February has no 30th'],
  ['2026-02-29', '2026 is no leap year'],
  ['1900-02-29', 'nor was 1900'],
  ['2026-13-01', 'there are twelve months'],
  ['2026-00-10', 'counted from one'],
  ['2026-01-00', 'as days are'],
  ['0000-01-01', 'PostgreSQL has no such year'],
  ['2026-1-1', 'digits are missing'],
  ['2026-01-01T00:00:00Z', 'that is an instant'],
  ['2026-01-01\n', 'there is something behind it'],
  ['+02026-01-01', 'there is something before it'],
  ['', 'there is nothing'],
])('%j is no date: %s', (text) => {
  expect(isCalendarDate(text)).toBe(false);
  expect(() => dayNumberOf(text)).toThrow('Not a calendar date');
});

test('days are counted from 1970-01-01, in both directions', () => {
  expect(dayNumberOf('1970-01-01')).toBe(0);
  expect(dateOfDayNumber(-1)).toBe('1969-12-31');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
});

test('there is no day before the year 1 nor after the year 9999', () => {
  expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
  expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
  expect(() => addMonths('9999-12-31', 1)).toThrow(RangeError);
  expect(() => dateOfDayNumber(NaN)).toThrow(RangeError);
});

test('a month after the 31st is the last of a shorter month', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
  expect(addMonths('2026-11-15', 3)).toBe('2027-02-15');
  expect(addMonths('9999-11-30', 1)).toBe('9999-12-30');
});

test('weeks begin on Monday', () => {
  expect(startOfWeek('2026-11-23')).toBe('2026-11-23');
  expect(startOfWeek('2026-11-29')).toBe('2026-11-23');
  expect(startOfWeek('1969-12-31')).toBe('1969-12-29');
});

test('months begin on the first', () => {
  expect(startOfMonth('2026-02-28')).toBe('2026-02-01');
  expect(startOfMonth('2026-02-01')).toBe('2026-02-01');
});

test("all of it agrees with luxon's calendar", () => {
  const anyDate = fc.integer({ min: -700_000, max: 2_900_000 }).map(dateOfDayNumber);
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, n) => {
      const theirs = DateTime.fromISO(date, { zone: 'utc' });
      expect(isCalendarDate(date)).toBe(true);
      expect(dateOfDayNumber(dayNumberOf(date))).toBe(date);
      expect(addDays(date, n)).toBe(theirs.plus({ days: n }).toISODate());
      expect(addMonths(date, n)).toBe(theirs.plus({ months: n }).toISODate());
      expect(startOfWeek(date)).toBe(theirs.startOf('week').toISODate());
      expect(startOfMonth(date)).toBe(theirs.startOf('month').toISODate());
    }),
  );
});
