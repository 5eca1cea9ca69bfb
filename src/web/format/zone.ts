import { dateOf, readLocal, type Local } from './local';

/** A zone as the service sends it. */
export interface ZoneAnswer {
  name: string;
  /** The first item is the start of the list; each other is a change of the clocks. */
  offsetChanges: readonly string[];
}

/** The zones in which times are shown: the account's and the agent's. */
const zones = new Map<string, readonly Local[]>();
let pageZone = '';

/** Stores the zones that the service sent, and the name of the one that the page's times are in. */
export function knowZones(answers: readonly ZoneAnswer[], ofPage: string): void {
  for (const { name, offsetChanges } of answers) zones.set(name, offsetChanges.map(readLocal));
  pageZone = ofPage;
}

/** The zone of the page's times. */
export function pageZoneName(): string {
  return pageZone;
}

/** An instant with a zone's offset. Without a zone: in the page's. */
export function localIn(ms: number, zoneName = pageZone): Local {
  const changes = changesOf(zoneName);
  return { ms, offsetMinutes: changes[periodAt(changes, ms)]?.offsetMinutes ?? 0 };
}

/** The date of an instant in a zone, e.g. 2026-11-23. Without a zone: in the page's. */
export function dateIn(ms: number, zoneName?: string): string {
  return dateOf(localIn(ms, zoneName));
}

const hourMs = 3_600_000;
/** No zone is further from UTC. */
const farthestMs = 16 * hourMs;

/**
 * The first instant at which a zone shows a date or a later one, as the service cuts days: a day may
 * begin at 01:00, and a date may not exist. Null if the text is not a date.
 */
export function startOfDate(date: string, zoneName: string): string | null {
  return instantOf(`${date}T00:00`, zoneName);
}

/**
 * The first instant at which the clocks of a zone show a time or a later one, '2026-11-23T14:05' as a field
 * has it: a time may happen twice, or not at all. Without a zone: in the page's. Null if the text is not a
 * time.
 */
export function instantOf(wallTime: string, zoneName = pageZone): string | null {
  const wallMs = Date.parse(`${wallTime}Z`);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/.test(wallTime);
  if (!isTime || Number.isNaN(wallMs)) return null;
  const changes = changesOf(zoneName);
  let from = wallMs - farthestMs;
  for (let period = periodAt(changes, from); ; period += 1) {
    const at = wallMs - (changes[period]?.offsetMinutes ?? 0) * 60_000;
    const until = changes[period + 1]?.ms ?? Infinity;
    if (at < until) return new Date(Math.max(at, from)).toISOString();
    from = until;
  }
}

function changesOf(zoneName: string): readonly Local[] {
  return zones.get(zoneName) ?? [];
}

/** The index of the offset that applies; before the start of the list, its first. */
function periodAt(changes: readonly Local[], ms: number): number {
  // By halves: a page of rows asks for hundreds of instants, and a zone has a hundred changes.
  let [from, until] = [0, changes.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    if (changes[middle]!.ms > ms) until = middle;
    else from = middle + 1;
  }
  return Math.max(0, from - 1);
}
