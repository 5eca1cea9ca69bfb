import { leftMs, nextChangeMs, partsOf } from '../../src/web/gate/clock';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

test('what is left is counted from the service’s instant, by a clock that only runs', () => {
  const reading = { serviceMs: 1_000_000, readAtMs: 50 };
  expect(leftMs(1_010_000, reading, 50)).toBe(10_000);
  expect(leftMs(1_010_000, reading, 4_050)).toBe(6_000);
  expect(leftMs(1_010_000, reading, 12_050)).toBe(-2_000);
});

test.each([
  [25 * hour, { hours: 25, minutes: 0, seconds: null }],
  [5 * hour + 11 * minute + 1, { hours: 5, minutes: 12, seconds: null }],
  [hour, { hours: 1, minutes: 0, seconds: null }],
  [2 * minute + 1, { hours: 0, minutes: 3, seconds: null }],
  [2 * minute, { hours: 0, minutes: 2, seconds: 0 }],
  [59 * second + 1, { hours: 0, minutes: 1, seconds: 0 }],
  [1, { hours: 0, minutes: 0, seconds: 1 }],
  [0, { hours: 0, minutes: 0, seconds: 0 }],
  [-5 * second, { hours: 0, minutes: 0, seconds: 0 }],
])('%d ms are shown rounded up, with seconds when few are left', (left, shown) => {
  expect(partsOf(left)).toEqual(shown);
});

test.each([5 * hour + 11 * minute + 1, hour, 2 * minute + 1, 2 * minute, 90 * second, 1])(
  'a countdown at %d ms is drawn again when its text changes, and no later',
  (left) => {
    const after = nextChangeMs(left);
    expect(partsOf(left - after)).not.toEqual(partsOf(left));
    expect(after).toBeLessThanOrEqual(left <= 2 * minute ? second : minute);
  },
);
