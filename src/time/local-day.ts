import { dateOfDayNumber, dayNumberOf } from './calendar';
import { nextTransition, offsetMs } from './zone-database';

/**
 * One day of a zone: [startsAtMs, endsAtMs) in epoch milliseconds. A zone's days are cut at the
 * first instant of each later date, so they follow each other without gap or overlap, each instant
 * lies in exactly one of them, and a pass taken on a day ends where that day ends.
 */
export interface LocalDay {
  localDate: string;
  startsAtMs: number;
  endsAtMs: number;
}

/**
 * The day an instant lies in, which is the latest date the zone's clocks have shown so far. On most
 * days that is the date on the wall. Where clocks went back over midnight (St. John's, 2010, at
 * 00:01) the wall shows yesterday again for an hour; that hour still belongs to the new day.
 * Throws an Error for an unknown zone or an instant that is not a whole number.
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

/** The first instant after `instantMs` that belongs to a later day: when a pass taken now ends. */
export function endOfLocalDay(instantMs: number, zone: string): number {
  return localDayOf(instantMs, zone).endsAtMs;
}

/**
 * The first instant of a date in a zone; of a date that the zone left out (Apia, 2011-12-30), the
 * cut where it would have been, which is the start of the next. Throws an Error for what is no
 * calendar date.
 */
export function startOfLocalDate(localDate: string, zone: string): number {
  return firstInstantOf(dayNumberOf(localDate), zone);
}

/**
 * What a clock on the wall shows. Its date is for people to read; which day an instant counts for
 * is `localDayOf`'s to say.
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

/** The date on the wall, as a day number. */
function wallDayNumber(instantMs: number, zone: string): number {
  return Math.floor((instantMs + offsetMs(zone, instantMs)) / DAY_MS);
}

/**
 * The first instant ever at which the zone's wall shows this date or a later one. Walks from
 * transition to transition, beginning where not even the easternmost clock can show the date; each
 * turn passes one transition, so it ends.
 */
function firstInstantOf(dayNumber: number, zone: string): number {
  let fromMs = dayNumber * DAY_MS - OFFSET_MAX_MS;
  for (;;) {
    const midnightMs = dayNumber * DAY_MS - offsetMs(zone, fromMs);
    const untilMs = nextTransition(zone, fromMs) ?? Infinity;
    // A clock set forward over midnight begins the day at the transition, at 01:00 say.
    if (midnightMs < untilMs) return Math.max(midnightMs, fromMs);
    fromMs = untilMs;
  }
}

/**
 * A day is longer than 26 hours only where a clock was set back by more than two, as when a date
 * was lived twice (Kwajalein, 1969) or a station in Antarctica moved its clock (Casey, 2023).
 */
function assertPlausible({ localDate, startsAtMs, endsAtMs }: LocalDay, zone: string): void {
  const setBackMs = offsetMs(zone, startsAtMs) - offsetMs(zone, endsAtMs - 1);
  const lengthMs = endsAtMs - startsAtMs;
  if (lengthMs <= 0 || lengthMs > Math.max(DAY_LENGTH_MAX_MS, DAY_MS + setBackMs)) {
    throw new Error(`${zone} has a day ${localDate} of ${lengthMs} ms`);
  }
}
