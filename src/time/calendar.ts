import { DateTime, type DateTimeUnit, type DurationLike } from 'luxon';

/*
 * Calendar dates without a zone: strings 'YYYY-MM-DD' of the proleptic Gregorian calendar, years
 * 0001 to 9999 (PostgreSQL's `date` has no year 0000). luxon does the arithmetic, in UTC, where every
 * day has 24 hours. A day number counts days since 1970-01-01; it is what instants are computed with.
 */

const DAY_MS = 86_400_000;
const FIRST_DAY = -719_162; // 0001-01-01
const LAST_DAY = 2_932_896; // 9999-12-31

/** Is this a calendar date? '2026-02-28' is; '2026-02-30', '2026-2-28' and '0000-01-01' are not. */
export function isCalendarDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false;
  const atMs = Date.parse(`${text}T00:00:00Z`);
  // A day that the month does not have is refused, or is read as a day of the next month.
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** The date's day number. Throws an Error if the text is not a calendar date: callers check first. */
export function dayNumberOf(localDate: string): number {
  return dateTimeOf(localDate).toMillis() / DAY_MS;
}

/** The date with this day number. Throws a RangeError outside the years 0001 to 9999. */
export function dateOfDayNumber(dayNumber: number): string {
  if (!(dayNumber >= FIRST_DAY && dayNumber <= LAST_DAY)) {
    throw new RangeError(`No calendar date has the day number ${dayNumber}`);
  }
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** The date `days` (whole, may be negative) later. Throws a RangeError as `dateOfDayNumber` does. */
export function addDays(localDate: string, days: number): string {
  return plus(localDate, { days });
}

/** The same day of the month `months` later, or that month's last: 31 January + 1 is 28 February. */
export function addMonths(localDate: string, months: number): string {
  return plus(localDate, { months });
}

/** The Monday of the date's week (ISO 8601). */
export function startOfWeek(localDate: string): string {
  return startOf(localDate, 'week');
}

/** The first day of the date's month. */
export function startOfMonth(localDate: string): string {
  return startOf(localDate, 'month');
}

function plus(localDate: string, duration: DurationLike): string {
  return dateOfDayNumber(dateTimeOf(localDate).plus(duration).toMillis() / DAY_MS);
}

function startOf(localDate: string, unit: DateTimeUnit): string {
  return dateOfDayNumber(dateTimeOf(localDate).startOf(unit).toMillis() / DAY_MS);
}

function dateTimeOf(localDate: string): DateTime {
  if (!isCalendarDate(localDate)) {
    throw new Error(`Not a calendar date: ${JSON.stringify(localDate)}`);
  }
  return utcMidnight(localDate);
}

function utcMidnight(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}
