/*
 * Times as the service sends them: the wall clock of a zone, with its offset from UTC. Pages and the gate
 * never use the browser's zone data, which may be years older than the service's and may lack the zone.
 * `UTC` is the only zone that `Intl` is given.
 */

/** An instant, and how far the clocks there are ahead of UTC. */
export interface Local {
  ms: number;
  offsetMinutes: number;
}

const minuteMs = 60_000;

/** Reads '2026-03-01T00:00:00.000-07:00'. */
export function readLocal(text: string): Local {
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)$/.exec(text) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  return { ms: Date.parse(text), offsetMinutes: sign === '-' ? -ahead : ahead };
}

/** What the wall clock shows, by a format whose zone is UTC. */
export function writeWall({ ms, offsetMinutes }: Local, format: Intl.DateTimeFormat): string {
  return format.format(ms + offsetMinutes * minuteMs);
}

/** The calendar date on the wall, e.g. 2026-03-01. */
export function dateOf({ ms, offsetMinutes }: Local): string {
  return new Date(ms + offsetMinutes * minuteMs).toISOString().slice(0, 10);
}
