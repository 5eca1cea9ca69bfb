import { Buckets } from '../../src/api/buckets';

let nowMs: number;
let buckets: Buckets;

beforeEach(() => {
  nowMs = 1_000;
  buckets = new Buckets({ max: 10, perSecond: 2 }, () => nowMs);
});

test('a bucket grants what it has and refuses more without a change', () => {
  expect(buckets.take('a', 4)).toEqual({ isGranted: true, available: 6, retryAfterMs: 0 });
  expect(buckets.take('a', 7)).toEqual({ isGranted: false, available: 6, retryAfterMs: 500 });
  expect(buckets.take('a', 6)).toEqual({ isGranted: true, available: 0, retryAfterMs: 0 });
  expect(buckets.take('b', 10).isGranted).toBe(true);
});

test('what was spent comes back steadily, up to the size of the bucket', () => {
  buckets.take('a', 10);
  nowMs += 250;
  expect(buckets.take('a', 1)).toEqual({ isGranted: false, available: 0.5, retryAfterMs: 250 });
  nowMs += 250;
  expect(buckets.take('a', 1).isGranted).toBe(true);
  nowMs += 60_000;
  expect(buckets.take('a', 0).available).toBe(10);
});

test('a request after the reported wait is granted', () => {
  buckets.take('a', 10);
  nowMs += buckets.take('a', 7).retryAfterMs;
  expect(buckets.take('a', 7).isGranted).toBe(true);
});

test('what was not used is given back, and what was used beyond is owed', () => {
  buckets.take('a', 8);
  expect(buckets.giveBack('a', 5)).toBe(7);
  expect(buckets.giveBack('a', 50)).toBe(10);
  expect(buckets.giveBack('a', -12)).toBe(-2);
  expect(buckets.take('a', 1)).toEqual({ isGranted: false, available: -2, retryAfterMs: 1_500 });
});

test('the number of buckets is limited; the least recently used one is forgotten, and begins full', () => {
  buckets.take('first', 10);
  buckets.take('second', 10);
  for (let at = 0; at < 49_998; at += 1) buckets.take(`${at}`, 1);
  expect(buckets.take('first', 0).available).toBe(0);
  buckets.take('one more', 1);
  expect(buckets.take('first', 0).available).toBe(0);
  expect(buckets.take('second', 0).available).toBe(10);
});
