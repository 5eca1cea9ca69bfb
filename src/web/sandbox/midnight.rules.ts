import { placeOf } from '../../core/notation/zone';
import { readLocal, type Local } from '../format/local';
import { writeClock } from '../format/times';
import { words } from '../words';

/** '24 Nov, 00:00 in Berlin'. */
export function writeThere(local: Local, timeZone: string): string {
  const time = writeClock(local, 'short');
  return words.ui.timeIn(time, placeOf(timeZone));
}

/** Passes that end at the same instant, and their agents. */
export interface Midnight {
  at: Local;
  timeZone: string;
  names: string[];
}

/** The coming midnights that end passes, the next one first. */
export function midnightsOf(
  passes: readonly { expiresAtLocal: string; timeZone: string; agent: { name: string } }[],
): Midnight[] {
  const midnights = new Map<string, Midnight>();
  for (const { expiresAtLocal, timeZone, agent } of passes) {
    const key = `${expiresAtLocal} ${timeZone}`;
    const midnight = midnights.get(key) ?? { at: readLocal(expiresAtLocal), timeZone, names: [] };
    midnight.names.push(agent.name);
    midnights.set(key, midnight);
  }
  return [...midnights.values()];
}
