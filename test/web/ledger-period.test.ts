import { monthsUntil, presetsOf } from '../../src/web/dashboard/ledger/ledger-period.rules';

test.each([
  ['2027-03-15', '2027-03-01/2027-03-31', '2027-02-01/2027-02-28'],
  ['2028-03-31', '2028-03-01/2028-03-31', '2028-02-01/2028-02-29'],
  ['2027-01-01', '2027-01-01/2027-01-31', '2026-12-01/2026-12-31'],
])('on %s, this month is %s and the last one %s', (today, present, last) => {
  const { thisMonth, lastMonth } = presetsOf(today);
  expect(`${thisMonth.from}/${thisMonth.to}`).toBe(present);
  expect(`${lastMonth.from}/${lastMonth.to}`).toBe(last);
});

test.each([
  ['2027-01-31', '2027-01-01/2027-03-31', '2026-10-01/2026-12-31'],
  ['2027-06-30', '2027-04-01/2027-06-30', '2027-01-01/2027-03-31'],
  ['2027-12-31', '2027-10-01/2027-12-31', '2027-07-01/2027-09-30'],
])('on %s, this quarter is %s and the last one %s', (today, present, last) => {
  const { thisQuarter, lastQuarter } = presetsOf(today);
  expect(`${thisQuarter.from}/${thisQuarter.to}`).toBe(present);
  expect(`${lastQuarter.from}/${lastQuarter.to}`).toBe(last);
});

test('the list has thirteen months, each ends where the next begins', () => {
  const months = monthsUntil('2028-03-31');
  expect(months).toHaveLength(13);
  expect(months.at(-1)).toEqual({ from: '2027-03-01', to: '2027-03-31' });
  months.slice(1).forEach(({ to }, at) => {
    const next = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
    expect(next).toBe(months[at]!.from);
  });
});
