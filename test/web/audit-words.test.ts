import { differencesOf } from '../../src/web/dashboard/audit/audit-words';

const changes = (before: Record<string, unknown> | null, after: Record<string, unknown> | null) =>
  differencesOf(before, after).map(({ field, before, after }) => [field, before, after]);

test('an amount is written with its currency, not as its name and number in minor units', () => {
  expect(changes(null, { quantity: 50, grossMinor: 64_260, currency: 'EUR' })).toEqual([
    [expect.any(String), null, '50'],
    [expect.not.stringMatching(/minor/i), null, expect.stringMatching(/642\.60/)],
  ]);
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['a currency without an amount', { currency: 'EUR' }, ['EUR']],
  ['an amount without a currency', { grossMinor: 100 }, ['100']],
  ['an amount that is not a number', { grossMinor: 'much', currency: 'EUR' }, ['much']],
])('%s is shown as it is', (_, after, shown) => {
  expect(changes(null, after).map(([, , text]) => text)).toEqual(shown);
});

test('only what differs is listed', () => {
  expect(changes({ name: 'Kim', role: 'AGENT' }, { name: 'Kim', role: 'ACCOUNT_ADMIN' })).toEqual([
    [expect.any(String), expect.any(String), expect.any(String)],
  ]);
});
