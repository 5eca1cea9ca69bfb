import { writeDate } from '../core/notation/date';
import type { Language } from '../core/notation/languages';
import { writeZone } from '../core/notation/zone';
import { wallClock } from './local-day';
import { abbreviationAt } from './zone-database';

/** An instant for people, outside the pages: '24 November 2026, 00:00, New York time (EST)'. */
export function writeTime(instantMs: number, zone: string, language: Language): string {
  const { localDate, time } = wallClock(instantMs, zone);
  const where = writeZone(zone, language, abbreviationAt(zone, instantMs));
  return `${writeDate(localDate, language)}, ${time}, ${where}`;
}
