import { localDayOf, wallClock } from '../../src/time/local-day';
import { offsetChanges, writeLocalText } from '../../src/time/local-text';
import { nextTransition, offsetMs, zoneNames } from '../../src/time/zone-database';
import { size } from '../support/size';

/** Months between two midnights; each of a season in the short run. */
const step = size(7, 1);

const at = (text: string) => Date.parse(text);

test.each([
  ['America/Vancouver', '2026-02-28T08:00:00Z', '2026-02-28T00:00:00.000-08:00'],
  ['America/Vancouver', '2028-02-29T07:00:00Z', '2028-02-29T00:00:00.000-07:00'],
  ['America/Coyhaique', '2026-11-24T03:00:00.123Z', '2026-11-24T00:00:00.123-03:00'],
  ['Asia/Kathmandu', '2026-03-01T18:15:00Z', '2026-03-02T00:00:00.000+05:45'],
  ['America/St_Johns', '2026-01-01T03:30:00Z', '2026-01-01T00:00:00.000-03:30'],
  ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01T00:00:00.000+14:00'],
  ['UTC', '2026-12-31T00:00:00Z', '2026-12-31T00:00:00.000+00:00'],
  ['Africa/Monrovia', '1971-01-01T00:44:30Z', '1971-01-01T00:00:30.000-00:44'],
])('in %s, %s is written %s', (zone, instant, text) => {
  expect(writeLocalText(at(instant), zone)).toBe(text);
  expect(at(text)).toBe(at(instant));
});

test('in every zone it is the date and the time of the wall clock, at midnights of three years', () => {
  for (const zone of zoneNames()) {
    let ms = at('2026-01-01T00:00:00Z');
    for (let day = 0; day < 36; day += step, ms += step * 30 * 86_400_000) {
      const midnight = localDayOf(ms, zone).endsAtMs;
      const { localDate, time } = wallClock(midnight, zone);
      expect(writeLocalText(midnight, zone).slice(0, 16)).toBe(`${localDate}T${time}`);
    }
  }
});

test('the changes are those of the zone, and begin with the requested instant', () => {
  const from = at('2025-01-01T00:00:00Z');
  expect(offsetChanges('Europe/Berlin', from, at('2026-03-29T01:00:00Z'))).toEqual([
    '2025-01-01T01:00:00.000+01:00',
    '2025-03-30T03:00:00.000+02:00',
    '2025-10-26T02:00:00.000+01:00',
    '2026-03-29T03:00:00.000+02:00',
  ]);
  expect(offsetChanges('UTC', from, at('2400-01-01T00:00:00Z'))).toHaveLength(1);
  expect(offsetChanges('Europe/Berlin', from, from)).toHaveLength(1);
  expect(offsetChanges('Europe/Berlin', from, from - 1)).toEqual([]);
  expect(nextTransition('America/Vancouver', from)).toBe(at('2025-03-09T10:00:00Z'));
  expect(offsetMs('America/Vancouver', at('2028-01-01T00:00:00Z'))).toBe(-7 * 3_600_000);
});
