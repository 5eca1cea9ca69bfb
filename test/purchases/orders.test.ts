import { newId } from '../../src/core/ids';
import { verifyBooks } from '../../src/ledger/verify/verify-books';
import { changeAccount } from '../../src/operator/change-account';
import { importTax } from '../../src/operator/import-tax';
import { operatorActor } from '../../src/operator/operator';
import { setBuyer } from '../../src/operator/set-buyer';
import { setSeller } from '../../src/operator/set-seller';
import { codeOf, send } from '../support/desk/catalogue';
import { openTestSite, type Desk, type TestSite } from '../support/desk/desk';
import { addKey } from '../support/desk/keys';
import { becomeOperator } from '../support/desk/operator';

let site: TestSite;
let operator: ReturnType<typeof becomeOperator>;

beforeAll(async () => {
  site = await openTestSite();
  operator = becomeOperator(site);
  const file = 'country,category,rate\nDE,S,19.00\n';
  await importTax(operator.on, { text: file, dryRun: false });
  await setSeller(operator.on, { ...company, name: 'Owl', vatId: 'DE123456789' });
});
afterAll(async () => {
  await operator.close();
  await site.close();
});

const company = { name: 'Kestrel', addressLines: ['1'], city: 'City', country: 'DE', vatId: '' };
type Terms = Parameters<typeof changeAccount>[2];

/** A desk that buys on terms, at 8.80 EUR a pass and 19 % tax. */
async function openDesk(terms: Terms = {}, { buyer = true } = {}): Promise<Desk> {
  const desk = await site.openDesk({ passes: 0 });
  await desk.sql(`update accounts set currency = 'EUR', plan = id::text where id = $1`);
  await desk.sql(
    `insert into day_pass_prices (plan, currency, minimum_quantity, unit_price_minor, valid_from,
       example)
     select plan, currency, 1, 880, now() - interval '1 day', false from accounts where id = $1`,
  );
  if (buyer) await setBuyer(operator.on, desk.slug, company);
  await changeAccount(operator.on, desk.slug, { billingMode: 'BILLED', termsDays: 30, ...terms });
  return desk;
}

const money = '{ amount }';
const orderFields = `id number quantity net ${money} gross ${money} status payment method
  creditedFirst termsDays received ${money} returned ${money} outstanding ${money}
  overpaid ${money} creditNotes ${money} purchaseOrderNumber placedAt creditedAt paidAt canceledAt
  dueOn wallet { balance } placedBy { name } purchase { quantity }
  taxes { category rate base ${money} amount ${money} }
  payments { reference received ${money} returned ${money} receivedOn }
  invoices { number kind dueOn pdfPath purchaseOrderNumber order { number } }`;
const errors = 'userErrors { code field }';
const buyText = `mutation B($input: PurchaseDayPassesInput!) { purchaseDayPasses(input: $input) {
  purchase { quantity } order { ${orderFields} } wallet { balance } replayed ${errors} } }`;
const cancelText = `mutation C($id: ID!) { cancelDayPassOrder(input: { orderId: $id }) {
  order { status payment canceledAt outstanding ${money} } ${errors} } }`;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test reads of an answer
type Answer = any;

async function ask(desk: Desk, text: string, variables: object = {}): Promise<Answer> {
  const answer = await send(desk, desk.admin.bearer, text, { ...variables });
  expect(answer.errors).toEqual([]);
  return Object.values(answer.data!)[0];
}

const buy = (desk: Desk, input: object = {}): Promise<Answer> =>
  ask(desk, buyText, { input: { quantity: 10, idempotencyKey: newId(), ...input } });

const orderIdOf = async (desk: Desk): Promise<string> =>
  (await desk.sql<{ id: string }>('select id from orders where account_id = $1 order by place'))[0]!
    .id;

async function pay(desk: Desk, receivedMinor: number, reference = 'SEPA 1'): Promise<void> {
  await operator.on.ledger.submit(desk.accountId, {
    kind: 'record-payment',
    id: newId(),
    actor: operatorActor,
    orderId: await orderIdOf(desk),
    gateway: 'manual',
    reference,
    receivedMinor,
    receivedOn: '2026-03-04',
  });
}

test('an order on terms is credited, invoiced and then paid', async () => {
  const desk = await openDesk();
  const input = { expectedTotal: '88', expectedGross: '104.72', purchaseOrderNumber: 'PO 7' };
  const { order, purchase, wallet, ...rest } = await buy(desk, input);
  expect(rest).toEqual({ replayed: false, userErrors: [] });
  expect([purchase, wallet]).toEqual([{ quantity: 10 }, { balance: 10 }]);
  expect(order).toMatchObject({
    status: 'CREDITED',
    payment: 'OPEN',
    method: 'TERMS',
    creditedFirst: true,
    gross: { amount: '104.72' },
    outstanding: { amount: '104.72' },
    placedBy: { name: expect.any(String) },
    purchase: { quantity: 10 },
    taxes: [
      { category: 'S', rate: '19.00', base: { amount: '88.00' }, amount: { amount: '16.72' } },
    ],
    invoices: [{ kind: 'INVOICE', purchaseOrderNumber: 'PO 7', order: { number: order.number } }],
    paidAt: null,
  });
  expect(order.dueOn).toBe(order.invoices[0].dueOn);
  await pay(desk, 4_000);
  await pay(desk, 7_000, 'SEPA 2');
  const paid = await ask(desk, `{ dayPassOrders { edges { node { ${orderFields} } } } }`);
  expect(paid.edges[0].node).toMatchObject({
    status: 'CLOSED',
    payment: 'PAID',
    received: { amount: '110.00' },
    outstanding: { amount: '0.00' },
    overpaid: { amount: '5.28' },
    paidAt: expect.any(String),
    payments: [
      { reference: 'SEPA 1', received: { amount: '40.00' }, receivedOn: '2026-03-04' },
      { reference: 'SEPA 2', received: { amount: '70.00' }, returned: { amount: '0.00' } },
    ],
  });
  const events = await ask(
    desk,
    `{ dayPassEvents { edges { node { __typename
       ... on DayPassOrderPlaced { order { number } }
       ... on DayPassOrderPaid { order { number } received ${money} } } } } }`,
  );
  const { number } = order;
  expect(events.edges.map(({ node }: Answer) => node)).toEqual([
    { __typename: 'DayPassOrderPlaced', order: { number } },
    { __typename: 'DayPassesPurchased' },
    { __typename: 'InvoiceIssued' },
    { __typename: 'DayPassOrderPaid', order: { number }, received: { amount: '110.00' } },
  ]);
  expect((await verifyBooks(site.source, desk.accountId)).drift).toBeNull();
});

test('an order that is paid first waits; it is canceled, or its payment brings the passes', async () => {
  const desk = await openDesk({ creditFirst: false });
  const key = newId();
  const first = await buy(desk, { idempotencyKey: key });
  expect(first).toMatchObject({
    purchase: null,
    userErrors: [],
    wallet: { balance: 0 },
    order: { status: 'PLACED', payment: 'OPEN', invoices: [], dueOn: null, purchase: null },
  });
  await buy(desk);
  const { id } = first.order;
  const given = { order: { status: 'CANCELED', payment: 'NONE', outstanding: { amount: '0.00' } } };
  const second = await ask(desk, '{ dayPassOrders(first: 1) { edges { node { id } } } }');
  const otherId: string = second.edges[0].node.id;
  expect(await ask(desk, cancelText, { id: otherId })).toMatchObject(given);
  expect(await ask(desk, cancelText, { id: otherId })).toMatchObject(given);
  await pay(desk, 10_472);
  const again = await buy(desk, { idempotencyKey: key });
  expect(again).toMatchObject({
    replayed: true,
    purchase: { quantity: 10 },
    order: { id, status: 'CLOSED', invoices: [{ kind: 'INVOICE' }] },
    wallet: { balance: 10 },
  });
  expect(await ask(desk, cancelText, { id })).toEqual({
    order: null,
    userErrors: [{ code: 'NOT_CANCELABLE', field: ['orderId'] }],
  });
  const counts = `{ placed: dayPassOrders(filter: { status: PLACED }) { totalCount }
    canceled: dayPassOrders(filter: { status: CANCELED, payment: NONE }) { totalCount }
    closed: dayPassOrders(filter: { status: CLOSED, payment: PAID }) { totalCount }
    credited: dayPassOrders(filter: { status: CREDITED }) { totalCount }
    open: dayPassOrders(filter: { payment: OPEN }) { totalCount }
    later: dayPassOrders(filter: { from: "2999-01-01T00:00:00Z" }) { totalCount }
    all: dayPassOrders(filter: { to: "2999-01-01T00:00:00Z" }) { totalCount } }`;
  const { data, errors: faults } = await send(desk, desk.admin.bearer, counts);
  expect(faults).toEqual([]);
  expect(
    Object.entries(data!).map(([name, found]) => [name, (found as Answer).totalCount]),
  ).toEqual([
    ['placed', 0],
    ['canceled', 1],
    ['closed', 1],
    ['credited', 0],
    ['open', 0],
    ['later', 0],
    ['all', 2],
  ]);
  expect((await verifyBooks(site.source, desk.accountId)).drift).toBeNull();
});

test('a purchase order number is one line of visible text in every account', async () => {
  const desk = await openDesk();
  const texts = ['', ' ', 'x'.repeat(51), 'PO\u0000', 'PO\ud800', 'PO\n7', 'PO\u202e7', '\u200b'];
  for (const billingMode of ['BILLED', 'UNBILLED']) {
    await desk.sql('update accounts set billing_mode = $2 where id = $1', [billingMode]);
    for (const purchaseOrderNumber of texts) {
      expect(await buy(desk, { purchaseOrderNumber })).toMatchObject({
        ...{ order: null, purchase: null },
        userErrors: [{ code: 'VALIDATION_FAILED', field: ['purchaseOrderNumber'] }],
      });
    }
  }
  expect(await desk.balance()).toBe(0);
});

const quoteText = `query Q($quantity: Int!) { dayPassQuote(quantity: $quantity) {
  gross ${money} paymentMethods dueOn ${errors} } }`;

test.each<[string, Terms, object, string, string[] | null]>([
  ['without terms', { termsDays: null }, {}, 'NOT_PERMITTED', null],
  ['on hold', { isOnHold: true }, {}, 'ACCOUNT_ON_HOLD', null],
  ['a cent above its limit', { creditLimit: '104.71' }, {}, 'CREDIT_LIMIT', ['quantity']],
  ['closed', { isClosed: true }, {}, 'NOT_PERMITTED', null],
  ['without an address', {}, { buyer: false }, 'VALIDATION_FAILED', []],
])('an account %s orders nothing, and its quote says so', async (_, terms, given, code, field) => {
  const desk = await openDesk(terms, given);
  const refusal = { userErrors: [{ code, field }] };
  expect(await buy(desk)).toMatchObject({ order: null, purchase: null, wallet: null, ...refusal });
  expect(await ask(desk, quoteText, { quantity: 10 })).toMatchObject(refusal);
});

test('an account at its credit limit to the cent orders; terms and debts are in its billing', async () => {
  const desk = await openDesk({ creditLimit: '104.72' });
  expect(await ask(desk, quoteText, { quantity: 10 })).toMatchObject({
    gross: { amount: '104.72' },
    paymentMethods: ['TERMS'],
    dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    userErrors: [],
  });
  expect((await buy(desk)).userErrors).toEqual([]);
  expect(await ask(desk, quoteText, { quantity: 1 })).toMatchObject({
    userErrors: [{ code: 'CREDIT_LIMIT', field: ['quantity'] }],
  });
  const billing = `{ account { billing { termsDays creditedFirst holdSince paymentMethods
    creditLimit ${money} outstanding ${money} } } }`;
  expect((await ask(desk, billing)).billing).toEqual({
    termsDays: 30,
    creditedFirst: true,
    holdSince: null,
    paymentMethods: ['TERMS'],
    creditLimit: { amount: '104.72' },
    outstanding: { amount: '104.72' },
  });
  await changeAccount(operator.on, desk.slug, { isOnHold: true, creditLimit: null });
  expect((await ask(desk, billing)).billing).toMatchObject({
    holdSince: expect.any(String),
    paymentMethods: [],
    creditLimit: null,
  });
});

test('orders are for admins and keys that buy or keep the books, and for no other account', async () => {
  const [desk, other] = [await openDesk({ creditFirst: false }), await openDesk()];
  const { id } = (await buy(desk)).order as { id: string };
  const list = '{ dayPassOrders { edges { node { id invoices { number } } } } }';
  const [agent] = await desk.addAgents([{ role: 'AGENT' }]);
  expect(await codeOf(desk, agent!.bearer, list)).toBe('FORBIDDEN');
  expect(await codeOf(desk, agent!.bearer, cancelText, { id })).toBe('FORBIDDEN');
  const keys = { 'wallet:write': null, 'billing:read': [], 'journal:read': 'FORBIDDEN' };
  for (const [scope, expected] of Object.entries(keys)) {
    const { bearer } = await addKey(desk, { scopes: [scope] });
    if (typeof expected === 'string') expect(await codeOf(desk, bearer, list)).toBe(expected);
    else {
      expect((await send(desk, bearer, list)).data!.dayPassOrders).toEqual({
        edges: [{ node: { id, invoices: expected } }],
      });
    }
  }
  expect(await ask(other, cancelText, { id })).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['orderId'] }],
  });
  expect(await ask(other, `{ node(id: "${id}") { id } }`)).toBeNull();
});
