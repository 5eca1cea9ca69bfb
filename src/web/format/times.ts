import type { Language } from '../../core/notation/languages';
import { tagOf } from './language';
import { writeWall, type Local } from './local';

/*
 * The notation of dates and times, the same on all pages and in the gate: that of a language or, without
 * one, that of the account's locale. A page names the zone of its times once; a time of another zone
 * names its city.
 */

const day = { day: 'numeric', month: 'short' } as const;
const hour = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const styles = {
  /** '24 Nov 2026, 00:00' */
  full: { ...day, year: 'numeric', ...hour },
  /** '24 Nov, 00:00', for today and tomorrow. */
  short: { ...day, ...hour },
  /** 'Tue, 24 Nov, 00:00' */
  weekday: { weekday: 'short', ...day, ...hour },
  /** '23 Nov 2026, 14:03:12' */
  seconds: { ...day, year: 'numeric', ...hour, second: '2-digit' },
  /** '00:00' */
  hour,
  /** '24 Nov' */
  date: day,
  /** '24 Nov 2026' */
  dateOfYear: { ...day, year: 'numeric' },
  /** '24 November 2026' */
  longDate: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 'Tue, 24 Nov' */
  weekdayDate: { weekday: 'short', ...day },
  /** 'November' */
  month: { month: 'long' },
  /** 'November 2026' */
  monthOfYear: { month: 'long', year: 'numeric' },
  /** 'Tuesday 24 Nov' */
  longWeekdayDate: { weekday: 'long', ...day },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** What is written of an instant. */
export type TimeStyle = keyof typeof styles;

/** An instant as the clocks of its zone show it. */
export function writeClock(local: Local, style: TimeStyle, language?: Language): string {
  return writeWall(local, formatOf(style, tagOf(language)));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A browser needs longer to make a format than to write a hundred times with it. */
function formatOf(style: TimeStyle, tag: string): Intl.DateTimeFormat {
  const name = `${tag} ${style}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(tag, { ...styles[style], timeZone: 'UTC' });
  formats.set(name, made);
  return made;
}

/** A calendar date: '24 Nov' of '2026-11-24'. */
export function writeDate(date: string, style: TimeStyle = 'date', language?: Language): string {
  return writeClock({ ms: Date.parse(date), offsetMinutes: 0 }, style, language);
}
