import packed from 'moment-timezone/data/packed/latest.json';
import { railsZones } from './rails-names';
import { windowsZones } from './windows-names';
import { periodAt, unpackZone } from './zone-rules';
import type { ZoneRules } from './zone-rules';

/*
 * The zone rules of the whole service: moment-timezone's packed IANA data, pinned by package.json.
 * Node's ICU and PostgreSQL have their own data, which differs in age between machines, and two
 * replicas would disagree about the day.
 *
 * The data lists each change up to the end of 2499 for zones whose rules have no end. After its
 * last listed change a zone keeps that offset, as in moment.
 */

/** The release of the IANA data in use, as start-up and /readyz report it: '2026f'. */
export const tzdataVersion: string = packed.version;

/**
 * The listed spelling of a zone's name, or null if there is no such zone. Accepts an IANA name, also
 * an older one that has become a link (it stays itself), a Rails name such as
 * "Eastern Time (US & Canada)" and a Windows name such as "W. Europe Standard Time". Upper and lower
 * case are the same; so is a name as menus and exports show it: with blanks around, with the offset
 * before it ("(GMT-05:00) …") or with `&amp;`. If a name is in several lists, IANA's meaning counts
 * first, then that of Rails ('Singapore' and 'UTC' are both, and mean the same).
 */
export function findZone(name: string): string | null {
  return spellings.get(name.toLowerCase()) ?? spellings.get(bareName(name)) ?? null;
}

/** Every IANA name that `findZone` may return, links included, sorted. */
export function zoneNames(): readonly string[] {
  return names;
}

/**
 * How far the zone's wall clock is ahead of UTC, in minutes, east positive. Whole minutes in our
 * century; local mean times of long ago have a fraction.
 * Throws an Error for a name that `findZone` would not answer (so do the functions below).
 */
export function offsetMinutes(zone: string, instantMs: number): number {
  return offsetMs(zone, instantMs) / 60_000;
}

/** As `offsetMinutes`, in milliseconds, always whole: what one adds to an instant. */
export function offsetMs(zone: string, instantMs: number): number {
  const rules = rulesOf(zone);
  return rules.offsetsMs[periodAt(rules, instantMs)]!;
}

/** The abbreviation of a zone's clocks at an instant, 'EDT'. Null if people know none, as in Kathmandu. */
export function abbreviationAt(zone: string, instantMs: number): string | null {
  const rules = rulesOf(zone);
  const abbreviation = rules.abbreviations[periodAt(rules, instantMs)]!;
  return /^[A-Za-z]+$/.test(abbreviation) && abbreviation !== 'LMT' ? abbreviation : null;
}

/** The first instant after `afterMs` at which the zone's offset changes, or null if none does. */
export function nextTransition(zone: string, afterMs: number): number | null {
  const rules = rulesOf(zone);
  const { untilsMs, offsetsMs } = rules;
  let period = periodAt(rules, afterMs);
  // Some periods differ in name only (Vancouver's PDT became MST): no clock moved there.
  while (period < untilsMs.length && offsetsMs[period] === offsetsMs[period + 1]) period += 1;
  return untilsMs[period] ?? null;
}

/** One name of the list. Rules are unpacked at their first use and shared with the links. */
interface ZoneEntry {
  readonly source: { readonly packed: string; rules?: ZoneRules };
}

const entries = listEntries();
const names: readonly string[] = [...entries.keys()].sort();
const spellings = listSpellings();

function entryOf(zone: string): ZoneEntry {
  const entry = entries.get(zone);
  if (!entry) throw new Error(`Not a name of the zone database: ${JSON.stringify(zone)}`);
  return entry;
}

function rulesOf(zone: string): ZoneRules {
  const { source } = entryOf(zone);
  return (source.rules ??= unpackZone(source.packed));
}

function listEntries(): Map<string, ZoneEntry> {
  const list = new Map<string, ZoneEntry>();
  for (const zone of packed.zones) {
    list.set(zone.slice(0, zone.indexOf('|')), { source: { packed: zone } });
  }
  for (const link of packed.links) {
    const [target = '', alias = ''] = link.split('|');
    const entry = list.get(target);
    if (!entry) throw new Error(`The zone data has a link to nothing: ${link}`);
    list.set(alias, { source: entry.source });
  }
  return list;
}

/** Longer than any name with its offset; a longer text is not looked at. */
const nameMax = 100;

/** A name without what menus and exports put around it, in lower case. */
function bareName(shown: string): string {
  if (shown.length > nameMax) return '';
  return shown
    .trim()
    .replace(/^\((?:GMT|UTC)(?:[+−-]\d{1,2}:\d{2})?\) */i, '')
    .replaceAll('&amp;', '&')
    .toLowerCase();
}

function listSpellings(): Map<string, string> {
  const list = new Map<string, string>();
  for (const foreignZones of [windowsZones, railsZones]) {
    for (const [name, zone] of Object.entries(foreignZones)) list.set(name.toLowerCase(), zone);
  }
  for (const name of names) list.set(name.toLowerCase(), name);
  return list;
}
