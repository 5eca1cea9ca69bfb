const minuteMs = 60_000;
/** Changes of a zone's clock come at whole quarters of an hour. */
const stepMs = 15 * minuteMs;
/** A day has 26 hours at most, and one that a zone leaves out is followed by another. */
const stepsMax = (50 * 60) / 15;

/**
 * The first instant whose date in the zone is later than now's. Not "24 hours on": days are longer
 * or shorter where the clock is changed, and some begin at 01:00.
 */
export function nextMidnight(nowMs: number, timeZone: string): number {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const today = date.format(nowMs);
  let at = Math.floor(nowMs / stepMs) * stepMs;
  for (let step = 0; step < stepsMax; step += 1) {
    at += stepMs;
    if (date.format(at) > today) return at;
  }
  throw new Error(`${timeZone} has no midnight.`);
}

/** 'Berlin' of Europe/Berlin. */
export function placeOf(timeZone: string): string {
  return timeZone.split('/').at(-1)!.replaceAll('_', ' ');
}

/** '24 Nov, 00:00 in Berlin'. */
export function writeThere(ms: number, timeZone: string): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(ms);
  return `${time} in ${placeOf(timeZone)}`;
}

/** Passes that end together, and whose they are. */
export interface Midnight {
  atMs: number;
  timeZone: string;
  names: string[];
}

/** The midnights ahead that end passes, the next one first. */
export function midnightsOf(
  passes: readonly { expiresAt: string; timeZone: string; agent: { name: string } }[],
): Midnight[] {
  const midnights = new Map<string, Midnight>();
  for (const { expiresAt, timeZone, agent } of passes) {
    const key = `${expiresAt} ${timeZone}`;
    const midnight = midnights.get(key) ?? { atMs: Date.parse(expiresAt), timeZone, names: [] };
    midnight.names.push(agent.name);
    midnights.set(key, midnight);
  }
  return [...midnights.values()];
}
