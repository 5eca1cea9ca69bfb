import { KnownBearers } from '../../src/access/known-bearers';

const mebibyte = 1024 * 1024;

test('bearer tokens are limited by their bytes, and the least recently used one is forgotten', () => {
  const known = new KnownBearers<{ at: number }>();
  const bearer = (at: number) => `${at}`.padEnd(8_000, 'x');
  for (let at = 0; at < 6_000; at += 1) {
    known.set(bearer(at), { at });
    expect(known.get(bearer(0))).toEqual({ at: 0 });
    expect(known.bytes).toBeLessThanOrEqual(32 * mebibyte);
  }
  expect(known.get(bearer(1))).toBeUndefined();
  expect(known.get(bearer(5_999))).toEqual({ at: 5_999 });
});

test('of short bearers only so many are known', () => {
  const known = new KnownBearers<{ at: number }>();
  for (let at = 0; at < 20_001; at += 1) known.set(`${at}`, { at });
  expect(known.get('0')).toBeUndefined();
  expect(known.get('1')).toEqual({ at: 1 });
});
