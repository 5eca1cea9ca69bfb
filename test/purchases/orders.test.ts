import { print } from 'graphql';
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
import { connectSocket } from '../support/desk/socket';
import { act, advanceTo } from '../support/desk/streams';
import {
  CancelOrderByIdDocument,
  CountOrdersDocument,
  ListOrderEventsDocument,
  ListOrdersDocument,
  OrderPassesDocument,
  QuoteOrderDocument,
  ReadTermsDocument,
  WatchOrderDocument,
  type PaymentMethodKind,
  type PurchaseDayPassesInput,
} from '../generated/operations';

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

async function buy(desk: Desk, input: Partial<PurchaseDayPassesInput> = {}) {
  const wanted = { quantity: 10, idempotencyKey: newId(), ...input };
  return (await act(desk, OrderPassesDocument, { input: wanted })).purchaseDayPasses!;
}

const cancel = async (desk: Desk, id: string) =>
  (await act(desk, CancelOrderByIdDocument, { id })).cancelDayPassOrder!;

const newestOrder = async (desk: Desk) =>
  (await act(desk, ListOrdersDocument, { first: 1 })).dayPassOrders!.edges[0]!.node;

const quote = async (desk: Desk, quantity: number, paymentMethod?: PaymentMethodKind) =>
  (await act(desk, QuoteOrderDocument, { quantity, paymentMethod })).dayPassQuote!;

const terms = async (desk: Desk) => (await act(desk, ReadTermsDocument, {})).account.billing!;

const orderIdOf = async (desk: Desk): Promise<string> =>
  (await desk.sql<{ id: string }>('select id from orders where account_id = $1 order by place'))[0]!
    .id;

async function pay(desk: Desk, receivedMinor: number | null, reference = 'SEPA 1'): Promise<void> {
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

const placedAtOf = ({ placedAt }: { placedAt: string }, hours: number) =>
  new Date(Date.parse(placedAt) + hours * 3_600_000).toISOString();

test('a page that shows an order receives each newer state until the order is closed', async () => {
  const desk = await openDesk();
  const { order } = await buy(desk);
  const socket = connectSocket(site.service.url, desk.admin.bearer);
  try {
    const stream = socket.subscribe(WatchOrderDocument, { id: order!.id });
    const next = async () => (await stream.next()).dayPassOrderChanged;
    const stateOf = (status: string, payment: string, amount: string) => ({
      status,
      payment,
      outstanding: { amount },
    });
    expect(await next()).toEqual(stateOf('CREDITED', 'OPEN', '104.72'));
    // A payment in part writes no entry.
    await pay(desk, 4_000);
    expect(await next()).toEqual(stateOf('CREDITED', 'OPEN', '64.72'));
    await pay(desk, 6_472, 'SEPA 2');
    expect(await next()).toEqual(stateOf('CLOSED', 'PAID', '0.00'));
    await expect(stream.next()).rejects.toThrow('It was completed.');

    const stranger = await openDesk();
    const theirs = connectSocket(site.service.url, stranger.admin.bearer);
    const refused = theirs.subscribe(WatchOrderDocument, { id: order!.id });
    expect(await refused.fault()).toBe('NOT_FOUND');
    await theirs.close();
  } finally {
    await socket.close();
  }
});

test('an order on terms is credited, invoiced and then paid', async () => {
  const desk = await openDesk();
  const input = { expectedTotal: '88', expectedGross: '104.72', purchaseOrderNumber: 'PO 7' };
  const { order: placed, purchase, wallet, ...rest } = await buy(desk, input);
  const order = placed!;
  expect(rest).toEqual({ replayed: false, userErrors: [] });
  expect([purchase, wallet]).toEqual([{ quantity: 10 }, { balance: 10 }]);
  expect(order).toMatchObject({
    status: 'CREDITED',
    payment: 'OPEN',
    method: 'TERMS',
    creditedFirst: true,
    gross: { amount: '104.72' },
    outstanding: { amount: '104.72' },
    source: 'ADMIN',
    placedBy: { name: expect.any(String) },
    actor: { __typename: 'Agent' },
    passesUsed: 0,
    passesLeft: 10,
    purchase: { quantity: 10 },
    taxes: [
      { category: 'S', rate: '19.00', base: { amount: '88.00' }, amount: { amount: '16.72' } },
    ],
    invoices: [{ kind: 'INVOICE', purchaseOrderNumber: 'PO 7', order: { number: order.number } }],
    paidAt: null,
  });
  expect(order.dueOn).toBe(order.invoices![0]!.dueOn);
  const { openInvoices, otherInvoices } = await act(desk, CountOrdersDocument, {});
  expect([openInvoices?.totalCount, otherInvoices?.totalCount]).toEqual([1, 0]);
  await pay(desk, 4_000);
  await pay(desk, 7_000, 'SEPA 2');
  expect(await newestOrder(desk)).toMatchObject({
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
  const { dayPassEvents } = await act(desk, ListOrderEventsDocument, {});
  const { number } = order;
  expect(dayPassEvents!.edges.map(({ node }) => node)).toEqual([
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
  const { id } = first.order!;
  const given = { order: { status: 'CANCELED', payment: 'NONE', outstanding: { amount: '0.00' } } };
  const { id: otherId } = await newestOrder(desk);
  expect(await cancel(desk, otherId)).toMatchObject(given);
  expect(await cancel(desk, otherId)).toMatchObject(given);
  await pay(desk, 10_472);
  const again = await buy(desk, { idempotencyKey: key });
  expect(again).toMatchObject({
    replayed: true,
    purchase: { quantity: 10 },
    order: { id, status: 'CLOSED', invoices: [{ kind: 'INVOICE' }] },
    wallet: { balance: 10 },
  });
  expect(await cancel(desk, id)).toEqual({
    order: null,
    userErrors: [{ code: 'NOT_CANCELABLE', field: ['orderId'] }],
  });
  const counts = await act(desk, CountOrdersDocument, {});
  expect(Object.entries(counts).map(([name, found]) => [name, found?.totalCount])).toEqual([
    ['placed', 0],
    ['canceled', 1],
    ['closed', 1],
    ['credited', 0],
    ['open', 0],
    ['admins', 2],
    ['openInvoices', 0],
    ['otherInvoices', 1],
    ['later', 0],
    ['all', 2],
  ]);
  expect((await verifyBooks(site.source, desk.accountId)).drift).toBeNull();
});

test('an order without a payment is canceled after seven days, and its passes can still be ordered', async () => {
  const desk = await openDesk({ creditFirst: false });
  await buy(desk);
  await pay(desk, 1);
  await buy(desk);
  const { lapsesAt, placedAt, number } = await newestOrder(desk);
  expect(Date.parse(lapsesAt!) - Date.parse(placedAt)).toBe(7 * 24 * 3_600_000);
  await advanceTo(desk, lapsesAt!);
  const { dayPassOrders } = await act(desk, ListOrdersDocument, {});
  expect(dayPassOrders!.edges.map(({ node }) => node)).toMatchObject([
    { number, status: 'CANCELED', lapsesAt: null },
    // A part of its money has come: the operator decides.
    { status: 'PLACED', outstanding: { amount: '104.71' } },
  ]);
  const { order } = await buy(desk);
  expect(order).toMatchObject({ status: 'PLACED', lapsesAt: expect.any(String) });
  // The payment was a typing error: without it the order has lapsed already.
  await pay(desk, null);
  await advanceTo(desk, placedAtOf(order!, 1));
  const counts = await act(desk, CountOrdersDocument, {});
  expect([counts.placed?.totalCount, counts.canceled?.totalCount]).toEqual([1, 2]);
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

test.each<[string, Terms, object, string, string[] | null]>([
  ['without terms', { termsDays: null }, {}, 'NOT_PERMITTED', null],
  ['on hold', { isOnHold: true }, {}, 'ACCOUNT_ON_HOLD', null],
  ['a cent above its limit', { creditLimit: '104.71' }, {}, 'CREDIT_LIMIT', ['quantity']],
  ['closed', { isClosed: true }, {}, 'NOT_PERMITTED', null],
  ['without an address', {}, { buyer: false }, 'VALIDATION_FAILED', []],
])(
  'an account %s orders nothing, and its quote says so',
  async (_, changed, given, code, field) => {
    const desk = await openDesk(changed, given);
    const refusal = { userErrors: [{ code, field }] };
    expect(await buy(desk)).toMatchObject({
      order: null,
      purchase: null,
      wallet: null,
      ...refusal,
    });
    expect(await quote(desk, 10)).toMatchObject(refusal);
  },
);

test('an order is paid in a way that the account has', async () => {
  const desk = await openDesk();
  const refusal = { userErrors: [{ code: 'PAYMENT_METHOD_MISSING', field: ['paymentMethod'] }] };
  const ways = [
    { billingMode: 'BILLED', own: 'TERMS', other: 'NONE' },
    { billingMode: 'UNBILLED', own: 'NONE', other: 'TERMS' },
  ] as const;
  for (const { billingMode, own, other } of ways) {
    await desk.sql('update accounts set billing_mode = $2 where id = $1', [billingMode]);
    expect(await buy(desk, { paymentMethod: other })).toMatchObject(refusal);
    expect(await quote(desk, 10, other)).toMatchObject(refusal);
    expect(await buy(desk, { paymentMethod: own })).toMatchObject({ userErrors: [] });
    expect(await quote(desk, 10, own)).toMatchObject({ userErrors: [] });
  }
  expect(await desk.balance()).toBe(20);
});

test('an account at its credit limit to the cent orders; terms and debts are in its billing', async () => {
  const desk = await openDesk({ creditLimit: '104.72' });
  expect(await quote(desk, 10)).toMatchObject({
    gross: { amount: '104.72' },
    paymentMethods: ['TERMS'],
    dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    userErrors: [],
  });
  expect((await buy(desk)).userErrors).toEqual([]);
  expect(await quote(desk, 1)).toMatchObject({
    userErrors: [{ code: 'CREDIT_LIMIT', field: ['quantity'] }],
  });
  expect(await terms(desk)).toEqual({
    termsDays: 30,
    creditedFirst: true,
    holdSince: null,
    paymentMethods: ['TERMS'],
    creditLimit: { amount: '104.72' },
    outstanding: { amount: '104.72' },
  });
  await changeAccount(operator.on, desk.slug, { isOnHold: true, creditLimit: null });
  expect(await terms(desk)).toMatchObject({
    holdSince: expect.any(String),
    paymentMethods: [],
    creditLimit: null,
  });
});

test('the order of an API key names the key', async () => {
  const desk = await openDesk();
  const { bearer } = await addKey(desk, { scopes: ['wallet:write'] });
  const input = { quantity: 2, idempotencyKey: newId() };
  await send(desk, bearer, print(OrderPassesDocument), { input });
  expect(await newestOrder(desk)).toMatchObject({
    placedBy: null,
    actor: { __typename: 'ApiKey' },
  });
});

test('orders are for admins and keys that buy or keep the books, and for no other account', async () => {
  const [desk, other] = [await openDesk({ creditFirst: false }), await openDesk()];
  const { id } = (await buy(desk)).order!;
  const list = '{ dayPassOrders { edges { node { id invoices { number } } } } }';
  const [agent] = await desk.addAgents([{ role: 'AGENT' }]);
  expect(await codeOf(desk, agent!.bearer, list)).toBe('FORBIDDEN');
  expect(await codeOf(desk, agent!.bearer, print(CancelOrderByIdDocument), { id })).toBe(
    'FORBIDDEN',
  );
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
  expect(await cancel(other, id)).toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['orderId'] }],
  });
  const found = await send(other, other.admin.bearer, `{ node(id: "${id}") { id } }`);
  expect(found).toMatchObject({ data: { node: null }, errors: [] });
});
