import type { Language } from '../../core/notation/languages';
import { tagOf } from './language';

/** A time that is left, in the units that are shown; null for seconds that are not. */
export interface Duration {
  hours: number;
  minutes: number;
  seconds: number | null;
}

/** '5 hr 12 min'. */
export function writeDuration({ hours, minutes, seconds }: Duration, language: Language): string {
  const write = (value: number, unit: string) =>
    new Intl.NumberFormat(tagOf(language), { style: 'unit', unit, unitDisplay: 'short' }).format(
      value,
    );
  const parts = [];
  if (hours > 0) parts.push(write(hours, 'hour'));
  if (minutes > 0) parts.push(write(minutes, 'minute'));
  if (seconds !== null && (seconds > 0 || minutes === 0)) parts.push(write(seconds, 'second'));
  return parts.join(' ') || write(0, 'minute');
}
