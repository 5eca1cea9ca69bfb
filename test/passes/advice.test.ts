import fc from 'fast-check';
import { advise, type PaidMonth } from '../../src/passes/usage/advice.rules';
import { writeMoney } from '../../src/web/format/money';
import { reasonOf } from '../../src/web/dashboard/agents/advice-words';

/** Days per month, the newest first, at 12.00 each. */
const paid = (...days: number[]): PaidMonth[] =>
  days.map((count, month) => ({ month, days: count, minor: count * 1200 }));
const seatMinor = 10_800;

const reasons = {
  SEAT: (days: number, money: string) => `${days} days a month cost ${money} more than a licence.`,
  PASSES: (days: number, money: string) =>
    days === 0
      ? `No day in use; a licence costs ${money} a month more.`
      : `${days} days a month cost ${money} less than a licence.`,
  CLOSE: (days: number) => `${days} days a month cost about as much as a licence.`,
  NOT_ENOUGH_HISTORY: () => 'Known after 60 days as an occasional agent.',
};

test.each<[number, number[], keyof typeof reasons, minor: number, average: number]>([
  [3, [12, 12, 12], 'SEAT', 3600, 12],
  [3, [3, 4, 5], 'PASSES', 6000, 4],
  [3, [0, 0, 0], 'PASSES', 10800, 0],
  [3, [9, 10, 9], 'CLOSE', 400, 9],
  // One month of three is an exception.
  [3, [30, 3, 3], 'CLOSE', 3600, 12],
  [2, [12, 12, 0], 'SEAT', 3600, 12],
  [2, [12, 3, 0], 'CLOSE', 1800, 8],
  [1, [20, 0, 0], 'NOT_ENOUGH_HISTORY', 13200, 20],
  [0, [1], 'NOT_ENOUGH_HISTORY', 9600, 1],
])('%d months with %j days at 12.00 against 108.00: %s', (fullMonths, days, ...expected) => {
  const [verdict, differenceMinor, average] = expected;
  const advice = advise(paid(...days), { fullMonths, seatMinor });
  expect(advice).toMatchObject({ verdict, differenceMinor });
  const difference = { amount: (differenceMinor / 100).toFixed(2), currency: 'USD' };
  const { paidDays, months } = advice;
  const isKnown = verdict !== 'NOT_ENOUGH_HISTORY';
  const shown = { verdict, paidDays, months, breakEvenDaysPerMonth: null, seatCost: null };
  const reason = reasonOf({ ...shown, difference: isKnown ? difference : null });
  expect(reason).toBe(reasons[verdict](average, writeMoney(difference)));
});

test('a licence pays off from the day on which that many passes cost as much', () => {
  expect(advise(paid(4, 4, 4), { fullMonths: 3, seatMinor }).breakEvenDays).toBe(9);
  expect(advise(paid(4, 4, 4), { fullMonths: 3, seatMinor: 10_801 }).breakEvenDays).toBe(10);
  expect(advise([], { fullMonths: 3, seatMinor }).breakEvenDays).toBeNull();
});

test('more use never makes passes cheaper, and a clear verdict is never against the average', () => {
  const months = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(months, fc.integer({ min: 1, max: 50_000 }), (days, seat) => {
      const { verdict, costMinor } = advise(paid(...days), { fullMonths: 3, seatMinor: seat });
      if (verdict === 'SEAT') expect(costMinor / 3).toBeGreaterThan(seat);
      if (verdict === 'PASSES') expect(costMinor / 3).toBeLessThan(seat);
      const more = advise(paid(...days.map((one) => one + 1)), { fullMonths: 3, seatMinor: seat });
      const order = ['PASSES', 'CLOSE', 'SEAT'];
      expect(order.indexOf(more.verdict)).toBeGreaterThanOrEqual(order.indexOf(verdict));
    }),
  );
});
