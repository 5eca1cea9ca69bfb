import { offsetMs } from '../../src/time/zone-database';
import { demand } from './broken';

const dayMs = 86_400_000;
/** No rule of our century begins or ends off the minute; half hours are the finest that occur. */
const strideMs = 15 * 60_000;

const seen = new Set<string>();

/**
 * A day is a day: from the pass's begin on, the zone's wall shows no later date than the pass's until
 * its end, and a later one from then on. Looked up on the wall, quarter hour by quarter hour.
 */
export function demandWholeDay(pass: {
  timeZone: string;
  localDate: string;
  startsAtMs: number;
  expiresAtMs: number;
}): void {
  const { timeZone, localDate, startsAtMs, expiresAtMs } = pass;
  const date = Date.parse(`${localDate}T00:00:00Z`) / dayMs;
  const onWall = (atMs: number) => Math.floor((atMs + offsetMs(timeZone, atMs)) / dayMs);
  // The asking process may have been some milliseconds ahead, on the next date already.
  demand(onWall(startsAtMs + 2_100) <= date, 'a pass is of the day it was taken on', pass);
  const key = `${timeZone} ${localDate} ${expiresAtMs}`;
  if (seen.has(key)) return;

  demand(onWall(expiresAtMs) > date, 'a pass ends with its local day, not before', pass);
  for (let atMs = expiresAtMs - 1; atMs >= startsAtMs; atMs -= strideMs) {
    demand(onWall(atMs) <= date, 'a pass ends with its local day, not after', pass);
  }
  if (seen.size < 100_000) seen.add(key);
}
