import { nextTransition, offsetMs } from './zone-database';

/**
 * An instant as the clock of a zone shows it, with the offset: '2026-03-01T00:00:00.000-07:00'. A
 * reader needs no zone rules for it. Offsets are whole minutes, because ISO 8601 has no seconds
 * there; local mean times from before 1972 are rounded, and the instant stays exact.
 */
export function writeLocalText(instantMs: number, zone: string): string {
  const minutes = Math.round(offsetMs(zone, instantMs) / 60_000);
  const wall = new Date(instantMs + minutes * 60_000).toISOString().slice(0, -1);
  const ahead = Math.abs(minutes);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  return `${wall}${sign}${twoDigits(Math.floor(ahead / 60))}:${twoDigits(ahead % 60)}`;
}

/** `fromMs` and each instant after it, up to `toMs`, at which the zone's clocks change, in this form. */
export function offsetChanges(zone: string, fromMs: number, toMs: number): string[] {
  const changes = [];
  let at: number | null = fromMs;
  while (at !== null && at <= toMs) {
    changes.push(writeLocalText(at, zone));
    at = nextTransition(zone, at);
  }
  return changes;
}
