import fc from 'fast-check';
import { balanceDays, changeOf } from '../../src/web/dashboard/overview/balance.rules';
import { placeHistory } from '../../src/web/dashboard/overview/history-chart.rules';
import { datesBetween } from '../../src/web/dashboard/overview/overview.rules';
import { sumsOf } from '../../src/web/dashboard/overview/usage.rules';
import { writeSums } from '../../src/web/format/money';

const dates = datesBetween('2027-03-01', '2027-03-30');
const rowOf = (periodStart: string, consumed: number) => ({
  periodStart,
  consumed,
  reversed: 0,
  emergency: 0,
  paidByCurrency: [],
  costByCurrency: [],
});
const counts = fc.array(fc.nat(5), { minLength: 31, maxLength: 31 });

test('each balance follows from the one before, and the last is the present one', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3, max: 90 }), counts, counts, (balance, used, added) => {
      const rows = used.map((count, at) => rowOf(dates[at] ?? '2027-03-31', count));
      const onDate = new Map(dates.map((date, at) => [date, added[at]! - 2]));
      const days = balanceDays({ balance, dates, rows, added: onDate });
      expect(days.at(-1)).toMatchObject({ date: dates.at(-1), balance });
      days.slice(1).forEach((day, at) => {
        expect(day.balance).toBe(days[at]!.balance + day.added - day.used);
      });
      // What was used where tomorrow has begun counts as today's.
      expect(days.at(-1)!.used).toBe(used[29]! + used[30]!);
    }),
    { numRuns: 50 },
  );
});

test('without any movement there is no line, and the days before the first are left out', () => {
  const none = { balance: 5, dates, rows: [], added: new Map<string, number>() };
  expect(balanceDays(none)).toEqual([]);
  const days = balanceDays({ ...none, added: new Map([['2027-03-20', 5]]) });
  expect(days.map(({ date }) => date)).toEqual(datesBetween('2027-03-19', '2027-03-30'));
  expect(days[0]!.balance).toBe(0);
});

test('the forecast falls to zero between its dates, and a range without an end stays open', () => {
  const days = balanceDays({ balance: 10, dates, rows: [], added: new Map([[dates[0]!, 10]]) });
  const size = { width: 640, balanceHeight: 100, barsHeight: 20, right: 0, top: 0 };
  const place = (latest: string | null) =>
    placeHistory(
      days,
      {
        forecast: {
          kind: 'DATED',
          earliest: '2027-04-02',
          likely: '2027-04-04',
          latest,
          lotEnds: [],
          daysOfHistory: 30,
        },
        threshold: null,
      },
      size,
    );
  const { dates: shown, band, columnWidth, x, y } = place('2027-04-06');
  expect(shown.at(-1)).toBe('2027-04-08');
  expect(columnWidth).toBeCloseTo(600 / shown.length);
  const endOf = (date: string) => x(shown.indexOf(date) + 1);
  expect(band?.area).toBe(
    `M${x(30)},${y(10)}L${endOf('2027-04-02')},${y(0)}H${endOf('2027-04-06')}Z`,
  );
  expect(place(null).dates.at(-1)).toBe('2027-05-01');
});

test.each([
  [-1, [0, 100, 200]],
  [-49, [0, 100, 200]],
  [-60, [-100, 0, 100, 200]],
])('with a lowest balance of %i the lines of the chart are at %j', (least, lines) => {
  const added = new Map([['2027-03-10', 200 - least]]);
  const days = balanceDays({ balance: 200, dates, rows: [], added });
  expect(days[0]!.balance).toBe(least);
  const { ticks, y } = placeHistory(
    days,
    { forecast: null, threshold: null },
    { width: 640, balanceHeight: 100, barsHeight: 20, right: 0, top: 0 },
  );
  expect(ticks).toEqual(lines);
  // What is below the last line is drawn too.
  expect(y(least)).toBeLessThanOrEqual(100);
});

test.each([
  [12, 10, 20],
  [5, 10, -50],
  [7, 7, 0],
  [7, 0, null],
])('from %2$s to %1$s is a change of %3$s percent', (now, before, percent) => {
  expect(changeOf(now, before)).toBe(percent);
});

test.each([
  [[], '–'],
  [['USD 12.00'], 'USD 12.00'],
  [['USD 0.10', 'USD 0.20'], 'USD 0.30'],
  [['USD 12.00', 'EUR 7.50', 'USD 1,988.00'], 'EUR 7.50 · USD 2,000.00'],
  [['JPY 1200', 'KWD 1.250', 'JPY 1', 'EUR 0.00'], 'EUR 0.00 · JPY 1,201 · KWD 1.250'],
])('the sum of %j names each currency: %s', (amounts, written) => {
  const given = amounts.map((text) => {
    const [currency = '', amount = ''] = text.replace(',', '').split(' ');
    return { amount, currency };
  });
  expect(writeSums(sumsOf(given))).toBe(written);
});
