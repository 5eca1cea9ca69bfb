import { digestOf } from '../../src/core/digest';
import { plainDecimal } from '../../src/core/money';
import { isSameInput, keyDigestOf } from '../../src/ledger/books/key-digest.rules';
import type { Wallet } from '../../src/ledger/model/ledger';

const own = { id: 'own', clientId: null } as Wallet;
const ofClient = { id: 'of-client', clientId: 'acme' } as Wallet;
const input = (quantity: number, total: string) => ({
  meant: [quantity, plainDecimal(total)],
  written: [quantity, total],
});

test.each([
  ['60', '60'],
  ['60.0', '60'],
  ['60.00', '60'],
  ['060.10', '60.1'],
  ['0.00', '0'],
  ['100', '100'],
  ['.5', '.5'],
])('%s is %s', (written, plain) => expect(plainDecimal(written)).toBe(plain));

test('another spelling of an amount is the same input', () => {
  const stored = keyDigestOf(own, input(5, '60.0'));
  expect(isSameInput(stored, own, input(5, '60.00'))).toBe(true);
  expect(isSameInput(stored, own, input(5, '60'))).toBe(true);
  expect(isSameInput(stored, own, input(5, '60.01'))).toBe(false);
  expect(isSameInput(stored, own, input(6, '60.0'))).toBe(false);
  expect(isSameInput(stored, ofClient, input(5, '60.0'))).toBe(false);
});

// As 0.1.0 stored it: the wallet and the total as they were written.
test.each<[string, unknown[], Wallet, boolean]>([
  ['the default wallet by omission', [null, 5, '60.0'], own, true],
  ['the default wallet by its id', ['own', 5, '60.0'], own, true],
  ['a total in its plain form', [null, 5, '60'], own, true],
  ['another quantity', [null, 6, '60.0'], own, false],
  ['another wallet', ['other', 5, '60.0'], own, false],
  ['the default wallet instead of a client’s', [null, 5, '60.0'], ofClient, false],
])('a key that an earlier release stored, %s', (_, stored, wallet, isSame) => {
  expect(isSameInput(digestOf(stored), wallet, input(5, '60.0'))).toBe(isSame);
});

test('the digest of an earlier release is computed as it was', () => {
  expect(digestOf([null, 5, '60.0'])).toBe('sVy860oAycJK2NH4mAPoIeOg9sZOUCw68wHkqENOq9k');
});
