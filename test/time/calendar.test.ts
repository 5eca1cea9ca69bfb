import fc from 'fast-check';
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
  ['2026-W09-6', 'that is a week date'],
  ['2026-059', 'that is an ordinal date'],
  ['2026-01-01\n', 'something follows it'],
  ['+02026-01-01', 'something precedes it'],
  ['', 'the text is empty'],
])('%j is not a date: %s', (text) => {
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

test('all of it agrees with the rules of the Gregorian calendar', () => {
  const anyDate = fc.integer({ min: -700_000, max: 2_900_000 }).map(dateOfDayNumber);
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, n) => {
      expect(isCalendarDate(date)).toBe(true);
      expect(dateOfDayNumber(dayNumberOf(date))).toBe(date);
      expect(addDays(date, n)).toBe(
        Array.from({ length: Math.abs(n) }).reduce(
          (day: string) => (n > 0 ? dayAfter(day) : dayBefore(day)),
          date,
        ),
      );
      expect(addMonths(date, n)).toBe(monthsLater(date, n));
      expect(startOfMonth(date)).toBe(`${date.slice(0, 8)}01`);
      // 5 January 1970 was a Monday.
      const monday = startOfWeek(date);
      expect((dayNumberOf(monday) - dayNumberOf('1970-01-05')) % 7).toBeCloseTo(0);
      expect(monday <= date && date < addDays(monday, 7)).toBe(true);
    }),
  );
});

/** The calendar by its own definition, so that no library's calendar checks itself. */
function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function dayAfter(date: string): string {
  const [year, month, day] = partsOf(date);
  if (day < daysInMonth(year, month)) return dateOf(year, month, day + 1);
  return month === 12 ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1);
}

function dayBefore(date: string): string {
  const [year, month, day] = partsOf(date);
  if (day > 1) return dateOf(year, month, day - 1);
  return month === 1
    ? dateOf(year - 1, 12, 31)
    : dateOf(year, month - 1, daysInMonth(year, month - 1));
}

function monthsLater(date: string, n: number): string {
  const [year, month, day] = partsOf(date);
  const months = year * 12 + (month - 1) + n;
  const [toYear, toMonth] = [Math.floor(months / 12), (months % 12) + 1];
  return dateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

function partsOf(date: string): [number, number, number] {
  return date.split('-').map(Number) as [number, number, number];
}

function dateOf(year: number, month: number, day: number): string {
  return [
    String(year).padStart(4, '0'),
    ...[month, day].map((n) => String(n).padStart(2, '0')),
  ].join('-');
}
