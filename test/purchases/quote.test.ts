import { setBuyer } from '../../src/operator/set-buyer';
import { setSeller } from '../../src/operator/set-seller';
import { importTax } from '../../src/operator/import-tax';
import { changeAccount } from '../../src/operator/change-account';
import { newId } from '../../src/core/ids';
import { codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { becomeOperator } from '../support/desk/operator';

let site: TestSite;
let operator: ReturnType<typeof becomeOperator>;

beforeAll(async () => {
  site = await openTestSite();
  operator = becomeOperator(site);
  // Before a seller is set, so that the order of the tests does not matter: each sets its own.
  const file = 'country,category,rate\nDE,S,19.00\nJP,S,10\nKW,S,5\n';
  await importTax(operator.on, { text: file, dryRun: false });
});
afterAll(async () => {
  await operator.close();
  await site.close();
});

const money = '{ amount currency }';
const query = `query Q($quantity: Int!, $walletId: ID) {
  dayPassQuote(quantity: $quantity, walletId: $walletId) {
    quantity unitPrice ${money} net ${money} gross ${money} packSize paymentMethods
    taxes { category rate base ${money} amount ${money} note }
    nextTier { minimumQuantity unitPrice ${money} } userErrors { code field } } }`;

interface Sum {
  amount: string;
  currency: string;
}
interface Quoted {
  unitPrice: Sum | null;
  net: Sum | null;
  gross: Sum | null;
  taxes: { category: string; rate: string; base: Sum; amount: Sum; note: string | null }[];
  nextTier: { minimumQuantity: number; unitPrice: Sum } | null;
  packSize: number;
  paymentMethods: string[];
  userErrors: { code: string; field: string[] | null }[];
}

async function quoteOf(desk: Desk, quantity: number, walletId?: string): Promise<Quoted> {
  const { data, errors } = await send(desk, desk.admin.bearer, query, { quantity, walletId });
  expect(errors).toEqual([]);
  return data!.dayPassQuote as Quoted;
}

/** Prices in minor units, by the quantity from which they apply. */
async function openDesk(
  prices: Record<number, number> = { 1: 1_100, 50: 990, 200: 880 },
  { currency = 'EUR', packSize = 1 } = {},
): Promise<Desk> {
  const desk = await site.openDesk({ passes: 3 });
  await desk.sql('update accounts set currency = $2, plan = id::text where id = $1', [currency]);
  for (const [quantity, minor] of Object.entries(prices)) {
    await desk.sql(
      `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, pack_size,
         valid_from, example)
       select plan, currency, $2, $3, $4, now() - interval '1 day', false from accounts
       where id = $1`,
      [quantity, minor, packSize],
    );
  }
  return desk;
}

async function bill(desk: Desk, from: string, to: string, vatId = ''): Promise<void> {
  const address = { addressLines: ['1'], city: 'City' };
  const number = from === 'DE' ? 'DE123456789' : '';
  await setSeller(operator.on, { name: 'Owl', ...address, country: from, vatId: number });
  await setBuyer(operator.on, desk.slug, { name: 'Kestrel', ...address, country: to, vatId });
  await changeAccount(operator.on, desk.slug, { billingMode: 'BILLED' });
}

const amountsOf = ({ unitPrice, net, gross }: Quoted) =>
  [unitPrice, net, gross].map((sum) => sum?.amount ?? null);

test('an unbilled account sees the price, the next tier and no tax', async () => {
  const desk = await openDesk();
  expect(await quoteOf(desk, 49)).toEqual({
    quantity: 49,
    unitPrice: { amount: '11.00', currency: 'EUR' },
    net: { amount: '539.00', currency: 'EUR' },
    gross: { amount: '539.00', currency: 'EUR' },
    taxes: [],
    packSize: 1,
    paymentMethods: ['NONE'],
    nextTier: { minimumQuantity: 50, unitPrice: { amount: '9.90', currency: 'EUR' } },
    userErrors: [],
  });
  expect(amountsOf(await quoteOf(desk, 50))).toEqual(['9.90', '495.00', '495.00']);
  expect((await quoteOf(desk, 1_000_000)).nextTier).toBeNull();
});

test('a billed account sees net, tax and gross, and that the operator adds the passes', async () => {
  const desk = await openDesk();
  await bill(desk, 'DE', 'DE', 'DE987654321');
  const quoted = await quoteOf(desk, 200);
  expect(amountsOf(quoted)).toEqual(['8.80', '1760.00', '2094.40']);
  expect(quoted.taxes).toEqual([
    {
      category: 'S',
      rate: '19.00',
      base: { amount: '1760.00', currency: 'EUR' },
      amount: { amount: '334.40', currency: 'EUR' },
      note: null,
    },
  ]);
  expect(quoted.paymentMethods).toEqual([]);
  expect(quoted.userErrors).toEqual([{ code: 'NOT_PERMITTED', field: null }]);
});

test('the tax is decided by seller and buyer, and not included until both are known', async () => {
  const desk = await openDesk();
  await changeAccount(operator.on, desk.slug, { billingMode: 'BILLED' });
  expect((await quoteOf(desk, 1)).taxes).toEqual([]);
  const taxOf = async (...[from, to, vatId]: [string, string, string?]) => {
    await bill(desk, from, to, vatId);
    const { taxes } = await quoteOf(desk, 1);
    return taxes.map(({ category, rate, note }) => [category, rate, note !== null]);
  };
  expect(await taxOf('DE', 'FR', 'FR40303265045')).toEqual([['AE', '0.00', true]]);
  expect(await taxOf('DE', 'FR')).toEqual([['S', '19.00', false]]);
  expect(await taxOf('DE', 'US')).toEqual([['G', '0.00', true]]);
  expect(await taxOf('US', 'JP')).toEqual([['O', '0.00', true]]);
  expect(await taxOf('US', 'US')).toEqual([]);
});

test.each([
  ['JPY', 'JP', 105, 3, ['105', '315', '347']],
  ['KWD', 'KW', 1_010, 1, ['1.010', '1.010', '1.061']],
])(
  'in %s amounts have the digits of the currency',
  async (currency, country, price, count, sums) => {
    const desk = await openDesk({ 1: price }, { currency });
    await bill(desk, country, country);
    expect(amountsOf(await quoteOf(desk, count))).toEqual(sums);
  },
);

test('the next tier begins with a quantity that can be bought', async () => {
  const desk = await openDesk({ 12: 1_100, 100: 990, 999_990: 880 }, { packSize: 12 });
  const nextTierOf = async (quantity: number) =>
    (await quoteOf(desk, quantity)).nextTier?.minimumQuantity ?? null;
  expect(await nextTierOf(1)).toBe(12);
  expect(await nextTierOf(96)).toBe(108);
  // A hundred cannot be bought, but has that price already.
  expect(await nextTierOf(108)).toBe(999_996);
  expect(await nextTierOf(999_996)).toBeNull();
});

test('what could not be bought says why, with the codes of the purchase', async () => {
  const desk = await openDesk({ 10: 1_000 }, { packSize: 5 });
  const refusalOf = async (quantity: number, walletId?: string) =>
    (await quoteOf(desk, quantity, walletId)).userErrors;
  const range = { code: 'QUANTITY_OUT_OF_RANGE', field: ['quantity'] };
  expect(await refusalOf(10)).toEqual([]);
  expect(await refusalOf(12)).toEqual([range]);
  expect(await refusalOf(0)).toEqual([range]);
  expect(await refusalOf(-1)).toEqual([range]);
  expect(await refusalOf(2_147_483_647)).toEqual([range]);
  expect(await refusalOf(5)).toEqual([{ code: 'VALIDATION_FAILED', field: ['quantity'] }]);
  expect(amountsOf(await quoteOf(desk, 5))).toEqual([null, null, null]);
  expect((await quoteOf(desk, 5)).nextTier?.minimumQuantity).toBe(10);
  const nobody = Buffer.from(`DayPassWallet:${newId()}`).toString('base64url');
  expect(await refusalOf(10, nobody)).toEqual([{ code: 'NOT_FOUND', field: ['walletId'] }]);
  // The purchase answers the same.
  const buy = `mutation M($quantity: Int!) { purchaseDayPasses(input: {quantity: $quantity,
    idempotencyKey: "k"}) { userErrors { code field } } }`;
  for (const quantity of [12, 0, 2_147_483_647, 5]) {
    const { data } = await send(desk, desk.admin.bearer, buy, { quantity });
    expect(data).toEqual({ purchaseDayPasses: { userErrors: await refusalOf(quantity) } });
  }
});

test('the total with tax binds a purchase as the total without it does', async () => {
  const desk = await openDesk();
  const buy = async (input: object) => {
    const mutation = `mutation M($input: PurchaseDayPassesInput!) { purchaseDayPasses(input: $input)
      { replayed userErrors { code field } } }`;
    const { data } = await send(desk, desk.admin.bearer, mutation, { input });
    return data!.purchaseDayPasses;
  };
  const done = { replayed: false, userErrors: [] };
  const changed = (field: string) => ({
    replayed: false,
    userErrors: [{ code: 'PRICE_CHANGED', field: [field] }],
  });
  const order = { quantity: 10, idempotencyKey: 'a' };
  expect(await buy({ ...order, expectedGross: '109.99' })).toEqual(changed('expectedGross'));
  expect(await buy({ ...order, expectedGross: '110.00', expectedTotal: '110.01' })).toEqual(
    changed('expectedTotal'),
  );
  expect(await buy({ ...order, expectedGross: '110.00' })).toEqual(done);
  expect(await buy({ ...order, expectedGross: '110.0' })).toEqual({ ...done, replayed: true });
  expect(await buy({ ...order, expectedGross: '111' })).toMatchObject({
    userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }],
  });
  expect(await buy({ ...order, idempotencyKey: 'b' })).toEqual(done);
  expect(await desk.balance()).toBe(23);
  await desk.expectBooksToClose();
});

test('admins without a pass and keys for bookkeeping get a quote; others do not', async () => {
  const desk = await openDesk();
  const [outside] = await desk.addAgents([{ role: 'ACCOUNT_ADMIN' }]);
  const bookkeeping = await addKey(desk, { scopes: ['billing:read'] });
  const other = await addKey(desk, { scopes: ['wallet:write', 'journal:read'] });
  const variables = { quantity: 1 };
  for (const bearer of [outside!.bearer, bookkeeping.bearer]) {
    expect(await codeOf(desk, bearer, query, variables)).toBeNull();
  }
  for (const bearer of [desk.agent.bearer, other.bearer, await desk.bearer(null)]) {
    expect(await codeOf(desk, bearer, query, variables)).toBe('FORBIDDEN');
  }
});
