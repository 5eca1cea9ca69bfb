import { FailureLimit } from '../../src/api/failure-limit';
import { readConfig } from '../../src/core/config';

const { limits } = readConfig({
  DAYPASS_FAILED_SIGN_INS: '10',
  DAYPASS_FAILED_SIGN_INS_PER_MINUTE: '1',
});
let failures: FailureLimit;
beforeEach(() => (failures = new FailureLimit(limits)));

const fail = (times: number, ip: string, account: string | null) =>
  Array.from({ length: times }, () => failures.note(ip, account));

test('failures at one account slow only that account, and only from that address', () => {
  expect(fail(10, '203.0.113.1', 'first')).toEqual(Array(10).fill(0));
  expect(failures.isOver('203.0.113.1', 'first')).toBe(true);
  expect(failures.note('203.0.113.1', 'first')).toBeGreaterThan(0);
  expect(failures.isOver('203.0.113.1', 'second')).toBe(false);
  expect(failures.isOver('203.0.113.1', null)).toBe(false);
  expect(failures.isOver('203.0.113.2', 'first')).toBe(false);
});

test('an address that fails at many accounts is slowed at all of them', () => {
  for (let at = 0; at < 49; at += 1) fail(1, '203.0.113.1', `made up ${at}`);
  expect(failures.isOver('203.0.113.1', 'first')).toBe(false);
  fail(1, '203.0.113.1', 'one more');
  expect(failures.isOver('203.0.113.1', 'first')).toBe(true);
  expect(failures.note('203.0.113.1', 'first')).toBeGreaterThan(0);
  expect(failures.isOver('203.0.113.2', 'first')).toBe(false);
});

test('invented accounts, in any number, do not reset an address', () => {
  for (let at = 0; at < 60_000; at += 1) fail(1, '203.0.113.1', `made up ${at}`);
  expect(failures.isOver('203.0.113.1', 'first')).toBe(true);
});

test('all addresses of an IPv6 network count as one', () => {
  for (let at = 0; at < 10; at += 1) fail(1, `2001:db8:1:1::${at}`, 'first');
  expect(failures.isOver('2001:db8:1:1:ffff::1', 'first')).toBe(true);
  expect(failures.isOver('2001:db8:1:2::1', 'first')).toBe(false);
});
