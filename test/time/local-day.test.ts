import { endOfLocalDay, localDayOf, startOfLocalDate, wallClock } from '../../src/time/local-day';
import publishedCases from './time-vectors.json';

const at = (iso: string) => Date.parse(iso);
const hours = (from: string, to: string) => (at(to) - at(from)) / 3_600_000;

describe('published cases', () => {
  test.each(publishedCases.cases)('$zone $localDate: $why', (expected) => {
    const { zone, localDate } = expected;
    const day = { localDate, startsAtMs: at(expected.startsAt), endsAtMs: at(expected.endsAt) };
    expect(hours(expected.startsAt, expected.endsAt)).toBe(expected.hours);
    expect(startOfLocalDate(localDate, zone)).toBe(day.startsAtMs);
    const middleMs = (day.startsAtMs + day.endsAtMs) / 2;
    for (const instantMs of [day.startsAtMs, middleMs, day.endsAtMs - 1]) {
      expect(localDayOf(instantMs, zone)).toEqual(day);
    }
    expect(endOfLocalDay(day.startsAtMs - 1, zone)).toBe(day.startsAtMs);
    expect(localDayOf(day.endsAtMs, zone).startsAtMs).toBe(day.endsAtMs);
  });
});

describe('days that are not 24 hours after midnight', () => {
  test('a day in Santiago that begins at 01:00 ends 23 hours later', () => {
    const day = localDayOf(at('2026-09-06T12:00:00Z'), 'America/Santiago');
    expect(wallClock(day.startsAtMs, 'America/Santiago').time).toBe('01:00');
    expect(day.endsAtMs - day.startsAtMs).toBe(23 * 3_600_000);
  });

  test("an hour that St. John's lived on Saturday's date after Sunday began is Sunday's", () => {
    const again = at('2010-11-07T03:00:00Z');
    expect(wallClock(again, 'America/St_Johns')).toEqual({
      localDate: '2010-11-06',
      time: '23:30',
      offsetMinutes: -210,
    });
    expect(localDayOf(again, 'America/St_Johns')).toEqual({
      localDate: '2010-11-07',
      startsAtMs: at('2010-11-07T02:30:00Z'),
      endsAtMs: at('2010-11-08T03:30:00Z'),
    });
  });

  test('the date that Apia skipped has no instant, and begins when the next one does', () => {
    const cut = at('2011-12-30T10:00:00Z');
    expect(localDayOf(cut - 1, 'Pacific/Apia').localDate).toBe('2011-12-29');
    expect(localDayOf(cut, 'Pacific/Apia').localDate).toBe('2011-12-31');
    expect(startOfLocalDate('2011-12-30', 'Pacific/Apia')).toBe(cut);
    expect(startOfLocalDate('2011-12-31', 'Pacific/Apia')).toBe(cut);
  });

  test('the date that happened twice in Kwajalein in 1969 is one day, of 47 hours', () => {
    const first = localDayOf(at('1969-09-30T12:00:00Z'), 'Pacific/Kwajalein');
    expect(first.localDate).toBe('1969-09-30');
    expect(localDayOf(at('1969-10-01T11:00:00Z'), 'Pacific/Kwajalein')).toEqual(first);
    expect(first.endsAtMs - first.startsAtMs).toBe(47 * 3_600_000);
  });

  test('the day in 2023 on which Casey set its clock back three hours has 27', () => {
    const day = localDayOf(at('2023-03-08T18:00:00Z'), 'Antarctica/Casey');
    expect(day.localDate).toBe('2023-03-09');
    expect(day.endsAtMs - day.startsAtMs).toBe(27 * 3_600_000);
  });

  test('the last millisecond of a day belongs to that day and the next one does not', () => {
    const midnight = at('2026-07-02T22:00:00Z');
    expect(localDayOf(midnight - 1, 'Europe/Berlin').localDate).toBe('2026-07-02');
    expect(localDayOf(midnight, 'Europe/Berlin').localDate).toBe('2026-07-03');
  });
});

describe('the clock on the wall', () => {
  test.each([
    ['2026-07-01T00:00:59.999Z', 'Asia/Kathmandu', '2026-07-01', '05:45', 345],
    ['2026-07-01T06:59:00.000Z', 'America/Los_Angeles', '2026-06-30', '23:59', -420],
    ['1969-12-31T23:59:00.000Z', 'Etc/UTC', '1969-12-31', '23:59', 0],
    ['1960-02-29T00:00:00.000Z', 'America/New_York', '1960-02-28', '19:00', -300],
  ])('%s in %s is %s %s', (iso, zone, localDate, time, offsetMinutes) => {
    expect(wallClock(at(iso), zone)).toEqual({ localDate, time, offsetMinutes });
  });
});

test('what is no instant, no date or no zone is refused', () => {
  expect(() => localDayOf(NaN, 'Etc/UTC')).toThrow('Not an instant');
  expect(() => localDayOf(0.5, 'Etc/UTC')).toThrow('Not an instant');
  expect(() => startOfLocalDate('2026-02-30', 'Etc/UTC')).toThrow('2026-02-30');
  expect(() => localDayOf(0, 'Mars/Olympus')).toThrow('Mars/Olympus');
});
