/*
 * Dates of a zone, as the browser knows zones: good enough to ask for a list with. What a pass is
 * charged for is the service's to say, by its own zone rules.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** No zone is further from UTC, and no transition wider. */
const farthestMs = 27 * hourMs;

/** The date that an instant has in a zone, e.g. 2026-11-23. */
export function dateIn(timeZone: string, instant: string | number): string {
  return formatOf(timeZone).format(new Date(instant));
}

/** The first instant of a date in a zone. Null for what is no date. */
export function startOfDate(date: string, timeZone: string): string | null {
  const middle = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(middle)) return null;
  const format = formatOf(timeZone);
  // Searched for: a day may begin at 01:00, and need not have 24 hours.
  let before = middle - farthestMs;
  let after = middle + farthestMs;
  while (after - before > 1) {
    const between = Math.floor((before + after) / 2);
    if (format.format(between) < date) before = between;
    else after = between;
  }
  return new Date(after).toISOString();
}

/** The calendar date after one. Null for what is no date. */
export function dateAfter(date: string): string | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? null : new Date(at + dayMs).toISOString().slice(0, 10);
}

/** 'sv' writes dates as ISO 8601 does. A browser that is older than the zone takes UTC. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('sv', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('sv', { ...options, timeZone: 'UTC' });
  }
}
