import moment from 'moment-timezone';
import { railsZones } from '../../src/time/rails-names';
import { windowsZones } from '../../src/time/windows-names';
import {
  findZone,
  nextTransition,
  offsetMinutes,
  tzdataVersion,
  zoneNames,
} from '../../src/time/zone-database';
import publishedCases from './time-vectors.json';
import { transitionsOf } from './transitions';

const at = (iso: string) => Date.parse(iso);

describe('names', () => {
  test('the rules are those of the release that the published cases were made with', () => {
    expect(tzdataVersion).toBe(publishedCases.tzdata);
  });

  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/ARGENTINA/BUENOS_AIRES', 'America/Argentina/Buenos_Aires'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['utc', 'UTC'],
    ['Eastern Time (US & Canada)', 'America/New_York'],
    ["nuku'alofa", 'Pacific/Tongatapu'],
    ['Samoa', 'Pacific/Apia'],
    // Rails changed these: Astana was Dhaka's, the date line's west was Midway's, Asuncion is new.
    ['Astana', 'Asia/Almaty'],
    ['International Date Line West', 'Etc/GMT+12'],
    ['Asuncion', 'America/Asuncion'],
    ['Ulaan Bataar', 'Asia/Ulaanbaatar'],
    ['Ulaanbaatar', 'Asia/Ulaanbaatar'],
    // As Rails' own menus and their HTML show them.
    ['(GMT-05:00) Eastern Time (US & Canada)', 'America/New_York'],
    ['(GMT-05:00) Eastern Time (US &amp; Canada)', 'America/New_York'],
    ['(UTC+9:00) osaka', 'Asia/Tokyo'],
    ['(GMT) London', 'Europe/London'],
    ['(GMT−03:00) Brasilia', 'America/Sao_Paulo'],
    ['  Europe/Berlin\n', 'Europe/Berlin'],
    ['(GMT+01:00) Europe/Berlin', 'Europe/Berlin'],
    // As Microsoft Graph sends them.
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['w. europe standard time', 'Europe/Berlin'],
    ['Central Asia Standard Time', 'Asia/Bishkek'],
    ['Qyzylorda Standard Time', 'Asia/Qyzylorda'],
    ['UTC-11', 'Etc/GMT+11'],
  ])('%s is found as %s', (asked, name) => {
    expect(findZone(asked)).toBe(name);
  });

  test.each([
    '',
    ' ',
    'Mars/Olympus',
    'Europe',
    'Berlin/Europe',
    '+02:00',
    '(GMT+02:00)',
    '(GMT+02:00) (GMT+02:00) Berlin',
    'constructor',
    `${' '.repeat(100_000)}UTC`,
  ])('"%.40s" is no zone', (asked) => expect(findZone(asked)).toBeNull());

  test.each([
    ['Rails', railsZones, 153],
    ['Windows', windowsZones, 139],
  ])('each name of %s is a zone of the data', (_, zones, count) => {
    expect(Object.keys(zones)).toHaveLength(count);
    for (const [name, zone] of Object.entries(zones)) {
      const found = findZone(name);
      expect({ name, zone: findZone(zone) }).toEqual({ name, zone });
      // 'Singapore' and 'UTC' are IANA names as well, for the same rules under another spelling.
      expect({ name, offset: offsetMinutes(found!, at('2026-07-01T00:00:00Z')) }).toEqual({
        name,
        offset: offsetMinutes(zone, at('2026-07-01T00:00:00Z')),
      });
    }
  });

  test('every listed name finds itself, in any case, and has rules', () => {
    expect(zoneNames().length).toBeGreaterThan(590);
    for (const name of zoneNames()) {
      expect(findZone(name)).toBe(name);
      expect(findZone(name.toUpperCase())).toBe(name);
      expect(Number.isInteger(offsetMinutes(name, at('2026-07-01T00:00:00Z')))).toBe(true);
    }
  });

  test('asking for the offset of a zone that does not exist is a programming error', () => {
    expect(() => offsetMinutes('Mars/Olympus', 0)).toThrow('Mars/Olympus');
    expect(() => offsetMinutes('europe/berlin', 0)).toThrow('europe/berlin');
    expect(() => nextTransition('Mars/Olympus', 0)).toThrow('Mars/Olympus');
  });
});

describe('offsets', () => {
  test('Vancouver stays at seven hours in the winter of 2026, as the law says', () => {
    expect(offsetMinutes('America/Vancouver', at('2026-01-15T12:00:00Z'))).toBe(-480);
    expect(offsetMinutes('America/Vancouver', at('2026-12-15T12:00:00Z'))).toBe(-420);
    expect(nextTransition('America/Vancouver', at('2026-03-08T10:00:00Z'))).toBeNull();
  });

  test('a transition is the first instant of the new offset', () => {
    const transitionMs = nextTransition('Europe/Berlin', at('2026-01-01T00:00:00Z'))!;
    expect(transitionMs).toBe(at('2026-03-29T01:00:00Z'));
    expect(offsetMinutes('Europe/Berlin', transitionMs - 1)).toBe(60);
    expect(offsetMinutes('Europe/Berlin', transitionMs)).toBe(120);
    expect(nextTransition('Europe/Berlin', transitionMs - 1)).toBe(transitionMs);
    expect(nextTransition('Europe/Berlin', transitionMs)).toBe(at('2026-10-25T01:00:00Z'));
  });

  test('summer time continues after 2037, to the end of the data in 2499', () => {
    expect(offsetMinutes('Europe/Berlin', at('2040-07-01T00:00:00Z'))).toBe(120);
    expect(offsetMinutes('Europe/Berlin', at('2499-07-01T00:00:00Z'))).toBe(120);
    expect(offsetMinutes('Europe/Berlin', at('2500-07-01T00:00:00Z'))).toBe(60);
    expect(nextTransition('Europe/Berlin', at('2500-01-01T00:00:00Z'))).toBeNull();
  });

  test('local mean time keeps its seconds', () => {
    expect(offsetMinutes('Africa/Monrovia', at('1971-01-01T00:00:00Z'))).toBe(-44.5);
    expect(offsetMinutes('Asia/Manila', at('1840-01-01T00:00:00Z')) * 60).toBeCloseTo(-57368, 6);
  });

  test('every zone agrees with moment on both sides of each transition', () => {
    const wrong: string[] = [];
    for (const name of zoneNames()) {
      const theirs = moment.tz.zone(name)!;
      for (const untilMs of theirs.untils.filter(Number.isFinite)) {
        for (const instantMs of [untilMs - 1, untilMs]) {
          const minutes = -theirs.utcOffset(instantMs);
          // Theirs has the rounding of 1/60 in it.
          const isRight = Math.abs(offsetMinutes(name, instantMs) - minutes) < 1e-6;
          if (!isRight) wrong.push(`${name} ${new Date(instantMs).toISOString()}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('following the transitions finds every change of offset, and nothing else', () => {
    for (const name of zoneNames()) {
      const { untils, offsets } = moment.tz.zone(name)!;
      const changes = untils.filter(
        (_, i) => i + 1 < offsets.length && offsets[i] !== offsets[i + 1],
      );
      expect(transitionsOf(name)).toEqual(changes);
    }
  });
});
