import { dateOfDayNumber, dayNumberOf } from './calendar';
import { nextTransition, offsetMs } from './zone-database';

/**
 * One day of a zone: [startsAtMs, endsAtMs) in epoch milliseconds. A zone's days are divided at the
 * first instant of each later date, so they follow each other without gap or overlap, each instant
 * is in exactly one of them, and a pass ends when the day of its use ends.
 */
export interface LocalDay {
  localDate: string;
  startsAtMs: number;
  endsAtMs: number;
}

/**
 * The day that contains an instant: the latest date that the zone's clocks have shown so far. On
 * most days that is the date on the clock. If clocks went back over midnight (St. John's, 2010, at
 * 00:01), they show yesterday again for an hour; that hour still belongs to the new day. Throws an
 * Error for an unknown zone or an instant that is not a whole number.
 */
export function localDayOf(instantMs: number, zone: string): LocalDay {
  if (!Number.isSafeInteger(instantMs)) throw new Error(`Not an instant: ${instantMs}`);
  let dayNumber = wallDayNumber(instantMs, zone);
  // Ends after a step or two: no clock was ever set back by more than a day.
  while (firstInstantOf(dayNumber + 1, zone) <= instantMs) dayNumber += 1;
  const day = {
    localDate: dateOfDayNumber(dayNumber),
    startsAtMs: firstInstantOf(dayNumber, zone),
    endsAtMs: firstInstantOf(dayNumber + 1, zone),
  };
  assertPlausible(day, zone);
  return day;
}

/**
 * The first instant after `instantMs` that belongs to a later day: the end of a pass that is used
 * now.
 */
export function endOfLocalDay(instantMs: number, zone: string): number {
  return localDayOf(instantMs, zone).endsAtMs;
}

/**
 * The first instant of a date in a zone. For a date that the zone skipped (Apia, 2011-12-30), it is
 * the start of the next date. Throws an Error for a text that is not a calendar date.
 */
export function startOfLocalDate(localDate: string, zone: string): number {
  return firstInstantOf(dayNumberOf(localDate), zone);
}

/**
 * What a clock on the wall shows. Its date is for people to read; `localDayOf` decides which day an
 * instant belongs to.
 */
export function wallClock(
  instantMs: number,
  zone: string,
): { localDate: string; time: string; offsetMinutes: number } {
  const aheadMs = offsetMs(zone, instantMs);
  const dayNumber = wallDayNumber(instantMs, zone);
  const minuteOfDay = Math.floor((instantMs + aheadMs - dayNumber * DAY_MS) / 60_000);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return {
    localDate: dateOfDayNumber(dayNumber),
    time: `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`,
    offsetMinutes: aheadMs / 60_000,
  };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** No zone was ever further than this from UTC (Metlakatla: 15:13:42; Manila: -15:56:08). */
const OFFSET_MAX_MS = 16 * HOUR_MS;

/** The longest day of our century's rules: Troll's, in October, when its clock goes back two hours. */
const DAY_LENGTH_MAX_MS = 26 * HOUR_MS;

/** The date on the clock, as a day number. */
function wallDayNumber(instantMs: number, zone: string): number {
  return Math.floor((instantMs + offsetMs(zone, instantMs)) / DAY_MS);
}

/**
 * The first instant ever at which the zone's clock shows this date or a later one. It starts at an
 * instant at which even the easternmost clock cannot show the date, and moves from one transition
 * to the next, so it ends.
 */
function firstInstantOf(dayNumber: number, zone: string): number {
  let fromMs = dayNumber * DAY_MS - OFFSET_MAX_MS;
  for (;;) {
    const midnightMs = dayNumber * DAY_MS - offsetMs(zone, fromMs);
    const untilMs = nextTransition(zone, fromMs) ?? Infinity;
    // If a clock is set forward over midnight, the day begins at the transition, for example at
    // 01:00.
    if (midnightMs < untilMs) return Math.max(midnightMs, fromMs);
    fromMs = untilMs;
  }
}

/**
 * A day is longer than 26 hours only if a clock was set back by more than two, as when a date
 * happened twice (Kwajalein, 1969) or a station in Antarctica changed its clock (Casey, 2023).
 */
function assertPlausible({ localDate, startsAtMs, endsAtMs }: LocalDay, zone: string): void {
  const setBackMs = offsetMs(zone, startsAtMs) - offsetMs(zone, endsAtMs - 1);
  const lengthMs = endsAtMs - startsAtMs;
  if (lengthMs <= 0 || lengthMs > Math.max(DAY_LENGTH_MAX_MS, DAY_MS + setBackMs)) {
    throw new Error(`${zone} has a day ${localDate} of ${lengthMs} ms`);
  }
}
