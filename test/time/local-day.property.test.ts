import fc from 'fast-check';
import moment from 'moment-timezone';
import { localDayOf, startOfLocalDate } from '../../src/time/local-day';
import type { LocalDay } from '../../src/time/local-day';
import { nextTransition, offsetMinutes, zoneNames } from '../../src/time/zone-database';
import { longTest, size } from '../support/size';
import { transitionsOf } from './transitions';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const fromMs = Date.parse('2024-01-01T00:00:00Z');
const toMs = Date.parse('2038-01-01T00:00:00Z');

/**
 * The same answer from the definition alone, with moment's reading of the rules: watch the wall
 * minute by minute, beginning four days before, and cut whenever it shows a date never seen yet.
 * (Since 1973 every clock change is on a whole minute.)
 */
function watchTheWall(instantMs: number, zone: string): LocalDay {
  const rules = moment.tz.zone(zone)!;
  // Dates as numbers of days: thousands of minutes are watched for one answer.
  const dateAt = (ms: number) => Math.floor((ms - rules.utcOffset(ms) * MINUTE_MS) / DAY_MS);
  const written = (date: number) => new Date(date * DAY_MS).toISOString().slice(0, 10);
  let ms = Math.floor(instantMs / MINUTE_MS) * MINUTE_MS - 4 * DAY_MS;
  let latest = dateAt(ms);
  let cutMs = NaN;
  for (; ; ms += MINUTE_MS) {
    const date = dateAt(ms);
    if (date <= latest) continue;
    if (ms > instantMs) return { localDate: written(latest), startsAtMs: cutMs, endsAtMs: ms };
    latest = date;
    cutMs = ms;
  }
}

const anyZone = fc.constantFrom(...zoneNames());
const anyInstant = fc.integer({ min: fromMs, max: toMs - 1 });

/**
 * An instant within two days of a clock change of the zone, if there is one after the instant
 * drawn first; from 1973 on, since in our years no clock goes back over midnight.
 */
const nearTransition = fc
  .record({
    zone: anyZone,
    searchMs: fc.integer({ min: Date.parse('1973-01-01T00:00:00Z'), max: toMs - 1 }),
    distanceMs: fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
  })
  .map(({ zone, searchMs, distanceMs }) => ({
    zone,
    instantMs: (nextTransition(zone, searchMs) ?? searchMs) + distanceMs,
  }));

const anywhere = fc.record({ zone: anyZone, instantMs: anyInstant });

test('any instant in any zone is in the day that watching the clock finds', () => {
  fc.assert(
    fc.property(fc.oneof(anywhere, nearTransition), ({ zone, instantMs }) => {
      expect(localDayOf(instantMs, zone)).toEqual(watchTheWall(instantMs, zone));
    }),
    { numRuns: size(200, 2_000) },
  );
});

test('watching the clock also finds the days of earlier years, when dates went back', () => {
  for (const [iso, zone] of [
    ['2010-11-07T03:00:00Z', 'America/St_Johns'],
    ['2010-11-07T02:30:30Z', 'America/St_Johns'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia'],
    ['1969-10-01T11:00:00Z', 'Pacific/Kwajalein'],
    ['1964-10-31T17:00:00Z', 'Antarctica/Davis'],
  ] as const) {
    expect(localDayOf(Date.parse(iso), zone)).toEqual(watchTheWall(Date.parse(iso), zone));
  }
});

/** The rules repeat: three years have every kind of clock change that the others have. */
const lastYear = size(2026, 2037);

test(`every day of 2024 to ${lastYear}, in every zone, follows the one before within 22 to 26 hours`, () => {
  const lastMs = Date.UTC(lastYear + 1);
  const wrong: string[] = [];
  let shortestMs = Infinity;
  let longestMs = 0;
  // A day's ends depend on the rules of the days next to it as well.
  const span = { fromMs: fromMs - 4 * DAY_MS, toMs: lastMs + 4 * DAY_MS };
  for (const zone of zonesByRules(span)) {
    let day = localDayOf(fromMs, zone);
    while (day.startsAtMs < lastMs) {
      const next = localDayOf(day.endsAtMs, zone);
      const lengthMs = next.endsAtMs - next.startsAtMs;
      shortestMs = Math.min(shortestMs, lengthMs);
      longestMs = Math.max(longestMs, lengthMs);
      const isRight =
        next.startsAtMs === day.endsAtMs &&
        Date.parse(next.localDate) === Date.parse(day.localDate) + DAY_MS &&
        localDayOf(next.endsAtMs - 1, zone).localDate === next.localDate;
      if (!isRight) {
        wrong.push(`${zone} ${next.localDate}`);
        break;
      }
      day = next;
    }
  }
  expect(wrong).toEqual([]);
  // Troll loses and gains two hours.
  expect([shortestMs / HOUR_MS, longestMs / HOUR_MS]).toEqual([22, 26]);
});

longTest(
  'around every transition of the data, from 1844 to 2499, days tile and contain their instants',
  async () => {
    const wrong: string[] = [];
    for (const zone of zonesByRules()) {
      for (const transitionMs of transitionsOf(zone)) {
        const before = localDayOf(transitionMs - 1, zone);
        const after = localDayOf(transitionMs, zone);
        const isRight =
          before.startsAtMs < transitionMs &&
          transitionMs <= before.endsAtMs &&
          after.startsAtMs <= transitionMs &&
          transitionMs < after.endsAtMs &&
          (after.startsAtMs === before.startsAtMs || after.startsAtMs === before.endsAtMs) &&
          after.localDate >= before.localDate &&
          startOfLocalDate(after.localDate, zone) === after.startsAtMs;
        if (!isRight) wrong.push(`${zone} ${new Date(transitionMs).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('no clock was ever sixteen hours from UTC, the limit of the search', () => {
  let furthest = 0;
  for (const zone of zonesByRules()) {
    for (const instantMs of [-1e14, ...transitionsOf(zone)]) {
      furthest = Math.max(furthest, Math.abs(offsetMinutes(zone, instantMs)));
    }
  }
  expect(furthest).toBeLessThan(16 * 60);
});

/**
 * One zone for each set of rules. Links only repeat rules, and between two instants many zones do
 * the same, so that a few stand for all.
 */
function zonesByRules(span = { fromMs: -Infinity, toMs: Infinity }): string[] {
  const names = new Map<string, string>();
  for (const name of zoneNames()) {
    const { untils, offsets } = moment.tz.zone(name)!;
    const periods = offsets
      .map((offset, i) => ({ offset, sinceMs: untils[i - 1] ?? -Infinity, untilMs: untils[i]! }))
      .filter(({ sinceMs, untilMs }) => sinceMs < span.toMs && untilMs > span.fromMs)
      .map(({ offset, untilMs }) => `${offset} until ${Math.min(untilMs, span.toMs)}`);
    names.set(periods.join(), name);
  }
  return [...names.values()];
}
