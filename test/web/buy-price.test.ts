import {
  readQuantity,
  savingOf,
  tierFor,
  tiersAt,
  times,
} from '../../src/web/dashboard/buy/buy-price';

test('totals are exact, in the digits of the currency', () => {
  expect(times({ amount: '10.80', currency: 'USD' }, 3)).toEqual({
    amount: '32.40',
    currency: 'USD',
  });
  expect(times({ amount: '0.01', currency: 'USD' }, 7).amount).toBe('0.07');
  expect(times({ amount: '900', currency: 'JPY' }, 1_000_000).amount).toBe('900000000');
  expect(times({ amount: '99999.99', currency: 'USD' }, 1_000_000).amount).toBe('99999990000.00');
  expect(['1', '1000000', '0', '1000001', '1.5', '', 'x'].map(readQuantity)).toEqual([
    1,
    1_000_000,
    ...Array.from({ length: 5 }, () => null),
  ]);
});

test('a price applies from its quantity on, while it is valid, and the later one wins', () => {
  const price = (minimumQuantity: number, validFrom: string, validTo: string | null = null) => ({
    minimumQuantity,
    validFrom,
    validTo,
    unitPrice: { amount: '1.00', currency: 'USD' },
  });
  const old = price(1, '2026-01-01T00:00:00.000Z');
  const newer = price(1, '2026-06-01T00:00:00.000Z');
  const coming = price(1, '2027-01-01T00:00:00.000Z');
  const many = price(50, '2026-01-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z');
  const prices = [coming, many, newer, old];
  expect(tiersAt(prices, '2026-11-23T00:00:00.000Z')).toEqual([newer, many]);
  expect(tiersAt(prices, '2026-12-01T00:00:00.000Z')).toEqual([newer]);
  expect(tiersAt(prices, '2027-01-01T00:00:00.000Z')).toEqual([coming]);
  expect(tierFor([newer, many], 49)).toBe(newer);
  expect(tierFor([newer, many], 50)).toBe(many);
  expect(tierFor([many], 49)).toBeNull();
});

test.each([
  [49, '12.00', '10.80', '48.00'],
  [45, '12.00', '10.80', null],
  [46, '12.00', '10.80', '12.00'],
  [50, '12.00', '10.80', null],
  [49, '900', '880', '100'],
  [49, '1.010', '0.989', '0.040'],
  [49, '1.00', '0.98', null],
])('%d passes at %s, or 50 at %s: the larger quantity saves %s', (quantity, one, fifty, saved) => {
  const tiers = [
    { minimumQuantity: 1, amount: one },
    { minimumQuantity: 50, amount: fifty },
  ].map(({ minimumQuantity, amount }) => ({
    minimumQuantity,
    unitPrice: { amount, currency: 'USD' },
    validFrom: '2026-01-01T00:00:00.000Z',
  }));
  const found = savingOf(tiers, quantity);
  expect(found).toEqual(
    saved === null ? null : { quantity: 50, saved: { amount: saved, currency: 'USD' } },
  );
});
