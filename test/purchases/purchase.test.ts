import { nodeId } from '../../src/api/node';
import { newId } from '../../src/core/ids';
import { BuyDocument, type BuyMutationVariables } from '../generated/operations';
import {
  dataOf,
  faultCodeOf,
  openTestSite,
  tally,
  type Desk,
  type TestSite,
} from '../support/desk/desk';
import { act } from '../support/desk/streams';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

type Input = Partial<BuyMutationVariables['input']>;

interface ListPrice {
  from: number;
  minor: number;
  /** Days from now. */
  since?: number;
  until?: number;
}

/** A desk whose plan has these prices, in the account's currency. */
async function openWithPrices(prices: ListPrice[], currency = 'USD'): Promise<Desk> {
  const desk = await site.openDesk();
  await desk.sql('update accounts set currency = $2 where id = $1', [currency]);
  for (const { from, minor, since = -30, until } of prices) {
    await desk.sql(
      `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
         valid_to, example)
       select plan, currency, $2, $3, present + $4 * interval '1 day',
         present + $5 * interval '1 day', false
       from accounts, lateral (select now() + test_clock_offset_ms * interval '1 ms') as clock (present)
       where id = $1`,
      [from, minor, since, until ?? null],
    );
  }
  return desk;
}

const tiers = [
  { from: 1, minor: 1250 },
  { from: 50, minor: 1125 },
  { from: 200, minor: 999 },
];

async function buy(desk: Desk, input: Input = {}) {
  const full = { quantity: 1, idempotencyKey: newId(), ...input };
  return (await act(desk, BuyDocument, { input: full })).purchaseDayPasses!;
}

const refusalOf = (code: string, field: string) => ({
  purchase: null,
  wallet: null,
  replayed: false,
  userErrors: [{ code, field: [field] }],
});

describe('a purchase', () => {
  test.each([
    [1, '12.50', '12.50'],
    [49, '12.50', '612.50'],
    [50, '11.25', '562.50'],
    [199, '11.25', '2238.75'],
    [200, '9.99', '1998.00'],
    [1_000_000, '9.99', '9990000.00'],
  ])('of %i passes costs %s each, %s in total', async (quantity, unit, total) => {
    const desk = await openWithPrices(tiers);
    expect(await buy(desk, { quantity, expectedTotal: total })).toEqual({
      purchase: {
        id: expect.any(String),
        quantity,
        unitPrice: { amount: unit, currency: 'USD' },
        total: { amount: total, currency: 'USD' },
      },
      wallet: { id: expect.any(String), balance: quantity },
      replayed: false,
      userErrors: [],
    });
    expect(await desk.kinds()).toEqual(['DayPassesPurchased']);
    await desk.expectBooksToClose();
  });

  test('in a currency without minor units has whole amounts', async () => {
    const desk = await openWithPrices([{ from: 1, minor: 1800 }], 'JPY');
    expect((await buy(desk, { quantity: 3, expectedTotal: '5400' })).purchase).toMatchObject({
      unitPrice: { amount: '1800', currency: 'JPY' },
      total: { amount: '5400', currency: 'JPY' },
    });
    // It is the amount that counts, not how it is written.
    const written = await buy(desk, { quantity: 3, expectedTotal: '5400.00' });
    expect(written.userErrors).toEqual([]);
  });

  test('pays what is owed first', async () => {
    const desk = await openWithPrices(tiers);
    await desk.sql('update wallets set emergency_allowance = 5 where account_id = $1');
    await desk.enter(desk.agent);
    expect((await buy(desk, { quantity: 3 })).wallet?.balance).toBe(2);
    await desk.expectBooksToClose();
  });

  test('is for admins, with or without access', async () => {
    const desk = await openWithPrices(tiers);
    const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
    const variables = { input: { quantity: 1, idempotencyKey: newId() } };
    const request = (token: string) => site.service.request(BuyDocument, { token, variables });
    expect(faultCodeOf(await request(desk.agent.bearer))).toBe('FORBIDDEN');
    expect(dataOf(await request(outside!.bearer)).purchaseDayPasses?.wallet?.balance).toBe(1);
  });
});

describe('the price', () => {
  test('is the present one: neither a past nor a future one', async () => {
    const desk = await openWithPrices([
      { from: 1, minor: 100, since: -30, until: -10 },
      { from: 1, minor: 200, since: -10, until: 10 },
      { from: 1, minor: 300, since: 10 },
    ]);
    expect((await buy(desk)).purchase?.unitPrice.amount).toBe('2.00');
    await desk.moveClock(11 * 86_400_000);
    expect((await buy(desk)).purchase?.unitPrice.amount).toBe('3.00');
  });

  test('that changed since it was shown is refused, and nothing is bought', async () => {
    const desk = await openWithPrices(tiers);
    for (const expectedTotal of ['12.49', '12.51', '0', '12.501']) {
      expect(await buy(desk, { expectedTotal })).toEqual(
        refusalOf('PRICE_CHANGED', 'expectedTotal'),
      );
    }
    expect(await desk.kinds()).toEqual([]);
  });

  test('that does not exist is refused: of a plan, of a currency, of too few', async () => {
    const desk = await site.openDesk();
    expect(await buy(desk)).toEqual(refusalOf('VALIDATION_FAILED', 'quantity'));
    const dear = await openWithPrices([{ from: 10, minor: 100 }]);
    expect(await buy(dear, { quantity: 9 })).toEqual(refusalOf('VALIDATION_FAILED', 'quantity'));
    await dear.sql(`update accounts set currency = 'EUR' where id = $1`);
    expect(await buy(dear, { quantity: 10 })).toEqual(refusalOf('VALIDATION_FAILED', 'quantity'));
  });
});

describe('an idempotency key', () => {
  test('sent again returns the same purchase, even if the price has changed', async () => {
    const desk = await openWithPrices(tiers);
    const input = { quantity: 60, expectedTotal: '675.00', idempotencyKey: 'order 1' };
    const first = await buy(desk, input);
    await desk.sql(
      `update day_pass_prices set unit_price_minor = 5 where plan = (select plan from accounts where id = $1)`,
    );
    expect(await buy(desk, input)).toEqual({ ...first, replayed: true });
    expect(await desk.kinds()).toEqual(['DayPassesPurchased']);
  });

  test('sent many times at once buys once', async () => {
    const desk = await openWithPrices(tiers);
    const input = { quantity: 2, idempotencyKey: 'order 2' };
    const payloads = await Promise.all(Array.from({ length: 24 }, () => buy(desk, input)));
    expect(tally(payloads.map(({ replayed }) => String(replayed)))).toEqual({ false: 1, true: 23 });
    expect(new Set(payloads.map(({ purchase }) => purchase?.id)).size).toBe(1);
    expect(await desk.balance()).toBe(2);
  });

  test.each<[string, Input]>([
    ['quantity', { quantity: 3 }],
    ['total', { expectedTotal: '25.00' }],
  ])('that is sent again with another %s is refused', async (_, change) => {
    const desk = await openWithPrices(tiers);
    const input = { quantity: 2, idempotencyKey: 'order 3' };
    await buy(desk, input);
    const refusal = refusalOf('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    expect(await buy(desk, { ...input, ...change })).toEqual(refusal);
  });

  test('of a grant is not that of a purchase', async () => {
    const desk = await openWithPrices(tiers);
    await desk.add(1, { idempotencyKey: 'order 4' });
    expect((await buy(desk, { idempotencyKey: 'order 4' })).wallet?.balance).toBe(2);
  });
});

describe('a purchase is refused', () => {
  test.each<[string, Input, string, string]>([
    ['of nothing', { quantity: 0 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    ['of less than nothing', { quantity: -5 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    ['of more than a million', { quantity: 1_000_001 }, 'QUANTITY_OUT_OF_RANGE', 'quantity'],
    ['without a key', { idempotencyKey: '' }, 'VALIDATION_FAILED', 'idempotencyKey'],
    [
      'into a wallet that does not exist',
      { walletId: nodeId('DayPassWallet', newId()) },
      'NOT_FOUND',
      'walletId',
    ],
  ])('%s', async (_, input, code, field) => {
    const desk = await openWithPrices(tiers);
    expect(await buy(desk, input)).toEqual(refusalOf(code, field));
    expect(await desk.kinds()).toEqual([]);
  });

  test('if its total is not a valid amount, as an error', async () => {
    const desk = await openWithPrices(tiers);
    const token = desk.admin.bearer;
    const totals = [
      'twelve',
      '',
      ' ',
      '1e3',
      '0x10',
      '12,50',
      '+1',
      '١٢',
      'NaN',
      'Infinity',
      '1.',
      '.5',
    ];
    for (const expectedTotal of [...totals, 12.5, ['12.50'], `1${'0'.repeat(400)}`]) {
      const input = { quantity: 1, idempotencyKey: 'k', expectedTotal: expectedTotal as string };
      const code = faultCodeOf(
        await site.service.request(BuyDocument, { token, variables: { input } }),
      );
      expect([expectedTotal, code]).toEqual([expectedTotal, 'BAD_USER_INPUT']);
    }
    expect(await desk.kinds()).toEqual([]);
  });
});
