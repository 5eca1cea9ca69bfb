import fc from 'fast-check';
import { demoAccounts, type DemoAccount } from '../../src/demo/demo-accounts';
import { planTickets } from '../../src/demo/plan-tickets';
import { planVisits } from '../../src/demo/plan-visits';
import { spanFrom } from '../../src/demo/span';
import { forecast, type Forecast, type History } from '../../src/passes/usage/forecast.rules';
import { addDays } from '../../src/time/calendar';
import { localDayOf } from '../../src/time/local-day';
import { size } from '../support/size';

const seed = new Uint8Array([1, 2, 3, 4]);
/** A Thursday. */
const today = '2027-03-11';

/** Use of one count per day, the newest (yesterday) first. */
const daily = (counts: readonly number[], before = today) =>
  counts.map((count, at) => ({ date: addDays(before, -1 - at), count }));
const weeks = (number: number, week: readonly number[]) =>
  Array.from({ length: number }, () => week).flat();
const of = (change: Partial<History>) =>
  forecast({ balance: 60, today, used: [], stocks: [], seed, ...change });
const datesOf = ({
  earliest,
  likely,
  latest,
}: Pick<Forecast, 'earliest' | 'likely' | 'latest'>) => [earliest, likely, latest];

const counts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 90 });
const balances = fc.integer({ min: 1, max: 300 });
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('the same history and seed give the same answer, in order and within a year', () => {
  fc.assert(
    fc.property(counts, balances, seeds, (past, balance, own) => {
      const history = { balance, used: daily(past), seed: own };
      const answer = of(history);
      expect(of({ ...history, seed: Uint8Array.from(own) })).toEqual(answer);
      const dates = datesOf(answer).filter((date) => date !== null);
      expect(dates).toEqual([...dates].sort());
      for (const date of dates) expect(date >= today && date <= addDays(today, 365)).toBe(true);
      expect(answer.earliest !== null).toBe(answer.kind === 'DATED');
    }),
    { numRuns: size(10, 30) },
  );
});

test('the answer follows the calendar alone: in other weeks, over leap days and clock changes, it is the same', () => {
  fc.assert(
    fc.property(counts, balances, fc.integer({ min: -200, max: 200 }), (past, balance, shift) => {
      const stocks = [{ count: 3, lastDate: addDays(today, 5) }];
      const here = of({ balance, used: daily(past), stocks });
      const other = addDays(today, 7 * shift);
      const there = of({
        balance,
        today: other,
        used: daily(past, other),
        stocks: [{ count: 3, lastDate: addDays(other, 5) }],
      });
      const shifted = (date: string | null) => date && addDays(date, 7 * shift);
      expect(datesOf(there)).toEqual(datesOf(here).map(shifted));
      expect(there.weekdayMeans).toEqual(here.weekdayMeans);
    }),
    { numRuns: size(10, 30) },
  );
});

test('no date is later than the balance allows, nor earlier with one pass more', () => {
  const busy = fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 20, maxLength: 90 });
  fc.assert(
    fc.property(busy, balances, seeds, (past, balance, own) => {
      const history = { used: daily(past), seed: own };
      const answer = of({ ...history, balance });
      // At least two are used on each day, from today on.
      expect(answer.latest! <= addDays(today, Math.ceil(balance / 2))).toBe(true);
      expect(answer.earliest! >= addDays(today, Math.ceil(balance / 9) - 1)).toBe(true);
      const more = of({ ...history, balance: balance + 1 });
      datesOf(answer).forEach((date, at) => expect(datesOf(more)[at]! >= date!).toBe(true));
    }),
    { numRuns: size(10, 30) },
  );
});

test('a lot that ends takes its passes with it', () => {
  const used = daily(weeks(12, [1, 1, 1, 1, 1, 1, 1]));
  const ends = addDays(today, 9);
  const ended = of({ balance: 60, used, stocks: [{ count: 60, lastDate: ends }] });
  expect(datesOf(ended)).toEqual([ends, ends, ends]);
  expect(ended.lotEnds).toEqual([ends]);
  // Ten of the forty are used by then, thirty are lost; the other twenty last for twenty days more.
  const half = of({ balance: 60, used, stocks: [{ count: 40, lastDate: ends }] });
  expect(half.likely).toBe(addDays(today, 29));
  expect(half.lotEnds).toEqual([ends]);
});

test('it follows the weekdays: nothing is empty on a day on which nobody works', () => {
  // Yesterday was a Wednesday: three working days, a weekend, two working days.
  const used = daily(weeks(12, [4, 4, 4, 0, 0, 4, 4]));
  const { weekdayMeans, ...answer } = of({ balance: 12, used });
  expect(weekdayMeans).toEqual([4, 4, 4, 4, 4, 0, 0]);
  // Today, tomorrow, and Monday.
  expect(datesOf(answer)).toEqual(Array(3).fill(addDays(today, 4)));
  // What was used today has left the balance already.
  const afterUse = of({ balance: 8, used: [...used, { date: today, count: 4 }] });
  expect(afterUse.likely).toBe(addDays(today, 4));
});

const slow = [2, 1, 1, 0, 0, 1, 2];
const fast = [38, 38, 38, 0, 0, 38, 38];
const days = (date: string | null) => (Date.parse(date!) - Date.parse(today)) / 86_400_000;

test('a change of pace moves the answer within days, and the range shows that it is new', () => {
  const steady = of({ balance: 100, used: daily(weeks(12, slow)) });
  const risen = of({ balance: 100, used: daily([...fast, ...weeks(11, slow)]) });
  // At the new pace 100 passes last for three working days, at the old one for three months.
  expect(days(risen.earliest)).toBeLessThanOrEqual(4);
  expect(days(risen.likely)).toBeLessThanOrEqual(14);
  expect(days(risen.likely)).toBeLessThan(days(steady.earliest) / 4);
  expect(days(risen.latest)).toBeGreaterThan(2 * days(risen.likely));
  const lasting = of({ balance: 100, used: daily([...weeks(4, fast), ...weeks(8, slow)]) });
  expect(days(lasting.likely)).toBeLessThanOrEqual(4);
  const fallen = of({ balance: 100, used: daily([...weeks(2, slow), ...weeks(10, fast)]) });
  const before = of({ balance: 100, used: daily(weeks(12, fast)) });
  expect(days(fallen.likely)).toBeGreaterThan(2 * days(before.likely));
  expect(days(fallen.earliest)).toBeLessThanOrEqual(14);
});

test('a week in which everybody is away is not taken for the end of all use', () => {
  const away = of({
    balance: 20,
    used: daily([...weeks(1, [0, 0, 0, 0, 0, 0, 0]), ...weeks(8, slow)]),
  });
  expect(away.kind).toBe('DATED');
  expect(days(away.likely)).toBeLessThanOrEqual(42);
});

test.each<[string, Partial<History>, Forecast['kind']]>([
  ['nothing is left', { balance: 0, used: daily(weeks(4, fast)) }, 'EMPTY_NOW'],
  ['passes are owed', { balance: -2 }, 'EMPTY_NOW'],
  ['nothing was ever used', {}, 'NOT_ENOUGH_HISTORY'],
  ['13 days had use', { used: daily(Array(13).fill(1)) }, 'NOT_ENOUGH_HISTORY'],
  ['14 days had use', { used: daily(Array(14).fill(1)) }, 'DATED'],
  [
    'the use is older than twelve weeks',
    { used: daily([...Array(84).fill(0), ...Array(40).fill(1)]) },
    'NOT_ENOUGH_HISTORY',
  ],
  [
    'the passes last for years',
    { balance: 9_000, used: daily(weeks(12, slow)) },
    'NOT_WITHIN_A_YEAR',
  ],
])('if %s, the answer has no other kind', (_, change, kind) => {
  const answer = of(change);
  expect(answer.kind).toBe(kind);
  if (kind !== 'DATED') expect(datesOf(answer)).toEqual([null, null, null]);
});

/*
 * Back-test: on each day of the demo's ninety days the service would have forecast when the balance
 * of that day is used up. What happened after that day is known.
 */

/** Passes used per date in the demo. */
function demoUse(account: DemoAccount) {
  const span = spanFrom(Date.parse('2026-08-31T10:00:00Z'));
  const used = new Map<string, number>();
  for (const { atMs, person } of planVisits(account, planTickets(account, span), span)) {
    const { localDate } = localDayOf(atMs, person.timeZone);
    used.set(localDate, (used.get(localDate) ?? 0) + 1);
  }
  const dateOf = (atMs: number) => localDayOf(atMs, account.timeZone).localDate;
  return { used, from: dateOf(span.startMs), to: dateOf(span.endMs) };
}

/** The short run starts on every third day. */
const everyNth = size(9, 1);

test('over the ninety days of the demo, the real date is in the range for four of five starts', () => {
  let starts = 0;
  let hits = 0;
  for (const account of demoAccounts) {
    const { used, from, to } = demoUse(account);
    for (const balance of [10, 20, 40]) {
      for (let start = from; start < to; start = addDays(start, everyNth)) {
        const past = [...used].filter(([date]) => date < start);
        const answer = of({
          balance,
          today: start,
          used: past.map(([date, count]) => ({ date, count })),
          seed: new TextEncoder().encode(start.slice(-4)),
        });
        let left = balance;
        let real = start;
        for (; real <= to && (left -= used.get(real) ?? 0) > 0;) real = addDays(real, 1);
        // If the passes outlast the ninety days, the real date is not known.
        if (answer.kind !== 'DATED' || real > to) continue;
        starts += 1;
        if (answer.earliest! <= real && (answer.latest === null || real <= answer.latest))
          hits += 1;
      }
    }
  }
  expect(starts).toBeGreaterThan(200 / everyNth);
  expect(hits / starts).toBeGreaterThanOrEqual(0.8);
});
