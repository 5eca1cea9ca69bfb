/*
 * Calendar dates without any zone: strings 'YYYY-MM-DD' of the proleptic Gregorian calendar, years
 * 0001 to 9999 (PostgreSQL's `date` has no year 0000). A day number counts days since 1970-01-01.
 */

const DAY_MS = 86_400_000;
const FIRST_DAY = -719_162; // 0001-01-01
const LAST_DAY = 2_932_896; // 9999-12-31

/** Is this the name of a day? '2026-02-28' is; '2026-02-30', '2026-2-28' and '0000-01-01' are not. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const instantMs = Date.parse(`${text}T00:00:00Z`);
  // Date.parse lets '02-30' run over into March; a day that comes back under another name is none.
  return !Number.isNaN(instantMs) && new Date(instantMs).toISOString().startsWith(text);
}

/** The date's day number. Throws an Error for what is no calendar date: doors check before. */
export function dayNumberOf(localDate: string): number {
  if (!isCalendarDate(localDate)) {
    throw new Error(`Not a calendar date: ${JSON.stringify(localDate)}`);
  }
  return Date.parse(`${localDate}T00:00:00Z`) / DAY_MS;
}

/** The date with this day number. Throws a RangeError outside the years 0001 to 9999. */
export function dateOfDayNumber(dayNumber: number): string {
  if (!(dayNumber >= FIRST_DAY && dayNumber <= LAST_DAY)) {
    throw new RangeError(`No calendar date has the day number ${dayNumber}`);
  }
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** The date `days` (whole, may be negative) later. Throws where `dateOfDayNumber` does. */
export function addDays(localDate: string, days: number): string {
  return dateOfDayNumber(dayNumberOf(localDate) + days);
}

/** The same day of the month `months` later, or that month's last: 31 January + 1 is 28 February. */
export function addMonths(localDate: string, months: number): string {
  const first = new Date(dayNumberOf(startOfMonth(localDate)) * DAY_MS);
  first.setUTCMonth(first.getUTCMonth() + months);
  const next = new Date(first);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const daysInMonth = (next.getTime() - first.getTime()) / DAY_MS;
  const dayOfMonth = Math.min(Number(localDate.slice(8)), daysInMonth);
  return dateOfDayNumber(first.getTime() / DAY_MS + dayOfMonth - 1);
}

/** The Monday of the date's week (ISO 8601). */
export function startOfWeek(localDate: string): string {
  const dayNumber = dayNumberOf(localDate);
  const daysSinceMonday = (((dayNumber + 3) % 7) + 7) % 7; // Day 0 was a Thursday.
  return dateOfDayNumber(dayNumber - daysSinceMonday);
}

/** The first of the date's month. */
export function startOfMonth(localDate: string): string {
  return addDays(localDate, 1 - Number(localDate.slice(8)));
}
