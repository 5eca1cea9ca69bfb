import { dateOf, readLocal, type Local } from './local';

/** A zone as the service tells of it. */
export interface ZoneAnswer {
  name: string;
  /** The first item is where the list begins; each other is a change of the clocks. */
  offsetChanges: readonly string[];
}

/** The zones that times are shown in: those of the account, of the agent and of the reader. */
const zones = new Map<string, readonly Local[]>();
const reader = '';

/** Takes in what the service told. Without a zone of the reader's own, the first one is it. */
export function knowZones(answers: readonly ZoneAnswer[], ofReader: ZoneAnswer | null): void {
  for (const { name, offsetChanges } of answers) zones.set(name, offsetChanges.map(readLocal));
  const own = ofReader ?? answers[0];
  if (own) zones.set(reader, own.offsetChanges.map(readLocal));
}

/** What the reader's device calls its zone; the service says what time it is there. */
export function readerZoneName(): string {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  } catch {
    return '';
  }
}

/** What the clocks of a zone show at an instant. Without a zone: the reader's. */
export function localIn(ms: number, zoneName = reader): Local {
  const changes = changesOf(zoneName);
  return { ms, offsetMinutes: changes[periodAt(changes, ms)]?.offsetMinutes ?? 0 };
}

/** The date that an instant has in a zone, e.g. 2026-11-23. Without a zone: the reader's. */
export function dateIn(ms: number, zoneName?: string): string {
  return dateOf(localIn(ms, zoneName));
}

const hourMs = 3_600_000;
/** No zone is further from UTC. */
const farthestMs = 16 * hourMs;

/**
 * The first instant at which a zone shows a date or a later one, as the service cuts days: a day may
 * begin at 01:00, and a date may be left out. Null for what is no date.
 */
export function startOfDate(date: string, zoneName: string): string | null {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(midnight)) return null;
  const changes = changesOf(zoneName);
  let from = midnight - farthestMs;
  for (let period = periodAt(changes, from); ; period += 1) {
    const at = midnight - (changes[period]?.offsetMinutes ?? 0) * 60_000;
    const until = changes[period + 1]?.ms ?? Infinity;
    if (at < until) return new Date(Math.max(at, from)).toISOString();
    from = until;
  }
}

function changesOf(zoneName: string): readonly Local[] {
  return zones.get(zoneName) ?? [];
}

/** The place in the list of the offset that holds; before the list begins, its first. */
function periodAt(changes: readonly Local[], ms: number): number {
  const next = changes.findIndex((change) => change.ms > ms);
  return next === -1 ? Math.max(0, changes.length - 1) : Math.max(0, next - 1);
}
