import { placeOf, writeZone } from '../../core/notation/zone';
import { pageLanguage } from '../format/language';
import { readLocal } from '../format/local';
import { writeClock, type TimeStyle } from '../format/times';
import { localIn, pageZoneName } from '../format/zone';
import { words } from '../words';

/** The time of an instant in another zone than the page's, as the service sends it. */
export interface There {
  local: string;
  timeZone: string;
}

/**
 * An instant in the zone of the page: '24 Nov 2026, 00:00'. `there` is the same instant in another zone.
 * If the clocks there show another time, it names the city: '24 Nov 2026, 05:00 in London'.
 */
export function writeInstant(iso: string, there?: There, style: TimeStyle = 'full'): string {
  const here = localIn(Date.parse(iso));
  if (!there) return writeClock(here, style);
  const local = readLocal(there.local);
  const time = writeClock(local, style);
  const isSame = local.offsetMinutes === here.offsetMinutes;
  return isSame ? time : words.ui.timeIn(time, placeOf(there.timeZone));
}

/** To the second, with the zone's name. */
export function exactly(at: string): string {
  const time = writeClock(localIn(Date.parse(at)), 'seconds');
  return words.ui.timeAndZone(time, writeZone(pageZoneName(), pageLanguage));
}
