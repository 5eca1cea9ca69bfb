import {
  openOf,
  overpaidOf,
  paymentOf as stateOf,
  statusOf,
} from '../../src/ledger/model/order.rules';
import type { Ledger } from '../../src/ledger/model/ledger';
import { countingIds, fold } from '../support/desk/ledger';
import { cancelOf, ordersOf, paymentOf, purchaseOf, sellingLedger } from '../support/desk/orders';

const kindsOf = (entries: readonly { kind: string }[]) => entries.map(({ kind }) => kind);
const refusal = (code: string, ...field: string[]) => ({ status: 'refused', code, field });

/** An order of ten passes, 104.72 with tax, in a new ledger. */
function ordered(given: Parameters<typeof sellingLedger>[0] = {}) {
  const ledger = sellingLedger(given);
  const newId = countingIds();
  const { entries } = fold(ledger, [purchaseOf()], newId);
  const send = (...commands: Parameters<typeof fold>[1]) => fold(ledger, commands, newId);
  const order = () => ordersOf(ledger)[0]!;
  return { ledger, entries, order, send, pay: paymentOf({ orderId: order().id }) };
}

const words = (ledger: Ledger) =>
  ordersOf(ledger).map((one) => [statusOf(one), stateOf(one), openOf(one), overpaidOf(one)]);

test('an order on terms credits its passes and issues its invoice in one batch', () => {
  const { ledger, entries, order } = ordered();
  expect(kindsOf(entries)).toEqual(['DayPassOrderPlaced', 'DayPassesPurchased', 'InvoiceIssued']);
  expect(order()).toMatchObject({
    number: 'O-1001-1',
    netMinor: 8_800,
    grossMinor: 10_472,
    tax: { category: 'S', basisPoints: 1900, amountMinor: 1_672 },
  });
  expect(words(ledger)).toEqual([['CREDITED', 'OPEN', 10_472, 0]]);
  expect(ledger.wallets.get('wallet')!.balance).toBe(10);
  expect(ledger.ordering!.owedMinor).toBe(10_472);
  const [invoice] = ledger.invoices.values();
  expect(invoice).toMatchObject({ dueOn: '2026-04-01', netMinor: 8_800, taxMinor: 1_672 });
});

test('an order that is paid first has its passes and its invoice when its payments reach the total', () => {
  const { ledger, entries, pay, send } = ordered({ account: { creditFirst: false } });
  expect(kindsOf(entries)).toEqual(['DayPassOrderPlaced']);
  expect(words(ledger)).toEqual([['PLACED', 'OPEN', 10_472, 0]]);
  expect(ledger.ordering!.owedMinor).toBe(0);
  const part = send({ ...pay, receivedMinor: 10_471 });
  expect([part.entries, words(ledger)]).toEqual([[], [['PLACED', 'OPEN', 1, 0]]]);
  const rest = send({ ...pay, reference: 'rest', receivedMinor: 1 });
  expect(kindsOf(rest.entries)).toEqual([
    'DayPassOrderPaid',
    'DayPassesPurchased',
    'InvoiceIssued',
  ]);
  expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 0]]);
});

describe('a payment', () => {
  test('recorded twice, in parts and too much is counted once, and the rest is credit', () => {
    const { ledger, pay, send } = ordered();
    expect(send({ ...pay, receivedMinor: 10_000 }).outcomes[0]!.status).toBe('accepted');
    expect(send({ ...pay, receivedMinor: 10_000 }).outcomes[0]!.status).toBe('replayed');
    const rest = send({ ...pay, reference: 'second', receivedMinor: 500 });
    expect(kindsOf(rest.entries)).toEqual(['DayPassOrderPaid']);
    expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 28]]);
    expect(send({ ...pay, reference: 'third', receivedMinor: 5 }).entries).toEqual([]);
    expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 33]]);
    expect(ledger.ordering!.owedMinor).toBe(0);
  });

  test('of another amount under its reference is refused, and may be withdrawn', () => {
    const { ledger, pay, send } = ordered();
    send({ ...pay, receivedMinor: 10_472 });
    expect(send({ ...pay, receivedMinor: 10_471 }).outcomes).toMatchObject([
      refusal('VALIDATION_FAILED', 'reference'),
    ]);
    expect(send({ ...pay, receivedMinor: null }).outcomes[0]!.status).toBe('accepted');
    expect(words(ledger)).toEqual([['CREDITED', 'OPEN', 10_472, 0]]);
    expect(send({ ...pay, receivedMinor: null }).outcomes[0]!.status).toBe('replayed');
    expect(send(pay).outcomes).toMatchObject([refusal('VALIDATION_FAILED', 'reference')]);
    // The order was paid once: no second entry.
    expect(send({ ...pay, reference: 'right' }).entries).toEqual([]);
    expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 0]]);
  });

  test.each([0, -1, 0.5, NaN, Number.MAX_SAFE_INTEGER + 1])('of %d is refused', (receivedMinor) => {
    const { pay, send } = ordered();
    expect(send({ ...pay, receivedMinor }).outcomes).toMatchObject([
      refusal('VALIDATION_FAILED', 'amount'),
    ]);
  });

  test('of an order that does not exist, and a withdrawal of none, are refused', () => {
    const { pay, send } = ordered();
    expect(send({ ...pay, orderId: 'nobody' }).outcomes).toMatchObject([
      refusal('NOT_FOUND', 'orderId'),
    ]);
    expect(send({ ...pay, receivedMinor: null }).outcomes).toMatchObject([
      refusal('NOT_FOUND', 'withdraw'),
    ]);
  });

  test('for a closed account is recorded; its passes come when it is open again', () => {
    const { ledger, pay, send } = ordered({ account: { creditFirst: false } });
    ledger.account = { ...ledger.account, closedAtMs: ledger.nowMs };
    const closed = send(pay);
    expect(kindsOf(closed.entries)).toEqual(['DayPassOrderPaid']);
    expect(closed.outcomes).toMatchObject([
      { result: { waitsFor: expect.stringMatching(/closed/) } },
    ]);
    expect(words(ledger)).toEqual([['PLACED', 'PAID', 0, 0]]);
    ledger.account = { ...ledger.account, closedAtMs: null };
    const again = send(pay);
    expect(kindsOf(again.entries)).toEqual(['DayPassesPurchased', 'InvoiceIssued']);
    expect(again.outcomes).toMatchObject([{ status: 'accepted', result: { waitsFor: null } }]);
    expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 0]]);
  });
});

describe('canceling', () => {
  test('an order that waits for its payment gives it up, once; money that comes later is credit', () => {
    const { ledger, order, pay, send } = ordered({ account: { creditFirst: false } });
    const { id } = order();
    expect(kindsOf(send(cancelOf(id)).entries)).toEqual(['DayPassOrderCanceled']);
    expect(send(cancelOf(id)).outcomes[0]!.status).toBe('replayed');
    expect(send(pay).entries).toEqual([]);
    expect(words(ledger)).toEqual([['CANCELED', 'NONE', 0, 10_472]]);
    expect(ledger.wallets.get('wallet')!.balance).toBe(0);
  });

  test('an order with passes or with money is refused; without the money it is not', () => {
    const onTerms = ordered();
    expect(onTerms.send(cancelOf(onTerms.order().id)).outcomes).toMatchObject([
      refusal('NOT_CANCELABLE', 'orderId'),
    ]);
    const { order, pay, send } = ordered({ account: { creditFirst: false } });
    send({ ...pay, receivedMinor: 1 });
    const { id } = order();
    expect(send(cancelOf(id)).outcomes).toMatchObject([refusal('NOT_CANCELABLE', 'orderId')]);
    send({ ...pay, receivedMinor: null });
    expect(send(cancelOf(id)).outcomes[0]!.status).toBe('accepted');
    expect(send(cancelOf('nobody')).outcomes).toMatchObject([refusal('NOT_FOUND', 'orderId')]);
  });
});

describe('the terms of the account:', () => {
  test('an order may reach the credit limit to the cent, and no cent more', () => {
    const at = (creditLimitMinor: number) =>
      fold(
        sellingLedger({ account: { creditLimitMinor } }),
        [purchaseOf(), purchaseOf({ key: 'second' })],
        countingIds(),
      ).outcomes.map(({ status }) => status);
    expect(at(2 * 10_472)).toEqual(['accepted', 'accepted']);
    expect(at(2 * 10_472 - 1)).toEqual(['accepted', 'refused']);
    expect(at(0)).toEqual(['refused', 'refused']);
  });

  test('payments and credit notes make room below the limit; an order that is paid first needs none', () => {
    const limit = { account: { creditLimitMinor: 10_472 } };
    const { ledger, pay, send } = ordered(limit);
    const again = purchaseOf({ key: 'second', quantity: 1 });
    expect(send(again).outcomes).toMatchObject([refusal('CREDIT_LIMIT', 'quantity')]);
    send({ ...pay, receivedMinor: 47 });
    const [invoice] = ledger.invoices.values();
    const credit = {
      kind: 'credit-invoice',
      actor: null,
      reason: 'Goodwill',
      key: 'note',
    } as const;
    send({ ...credit, id: 'note', invoiceId: invoice!.id, grossMinor: 1_000 });
    expect(ledger.ordering!.owedMinor).toBe(10_472 - 1_047);
    expect(send(again).outcomes).toMatchObject([{ status: 'accepted' }]);
    expect(ledger.ordering!.owedMinor).toBe(10_472);
    expect(ordered({ account: { creditLimitMinor: 0, creditFirst: false } }).order()).toBeDefined();
  });

  test.each([
    ['no terms', { account: { termsDays: null } }, {}, 'NOT_PERMITTED', undefined],
    ['a closed account', { account: { closedAtMs: 1 } }, {}, 'NOT_PERMITTED', undefined],
    ['a hold', { account: { holdSinceMs: 1 } }, {}, 'ACCOUNT_ON_HOLD', undefined],
    ['no seller', { seller: null }, {}, 'NOT_PERMITTED', undefined],
    ['no address', { buyer: null }, {}, 'VALIDATION_FAILED', []],
    ['no passes', {}, { quantity: 0 }, 'QUANTITY_OUT_OF_RANGE', ['quantity']],
    ['another net', {}, { expectedTotal: '88.01' }, 'PRICE_CHANGED', ['expectedTotal']],
    ['another tax', {}, { expectedGross: '104.71' }, 'PRICE_CHANGED', ['expectedGross']],
  ])('%s refuses an order, and no number is used', (_, given, input, code, field) => {
    const ledger = sellingLedger(given);
    const { outcomes, entries } = fold(ledger, [purchaseOf(input)], countingIds());
    expect(outcomes).toMatchObject([{ status: 'refused', code, ...(field && { field }) }]);
    expect([entries, ledger.orders.size, ledger.invoicing!.series]).toEqual([[], 0, {}]);
  });

  test('totals and purchase order number that were confirmed are those of the order', () => {
    const ledger = sellingLedger();
    const confirmed = {
      expectedTotal: '88.0',
      expectedGross: '104.72',
      purchaseOrderNumber: 'PO 7',
    };
    fold(ledger, [purchaseOf(confirmed)], countingIds());
    expect(ordersOf(ledger)[0]).toMatchObject({ purchaseOrderNumber: 'PO 7' });
    const [invoice] = ledger.invoices.values();
    expect(JSON.parse(invoice!.document)).toMatchObject({ purchaseOrderNumber: 'PO 7' });
  });

  test('one key orders once; with another input it is refused', () => {
    const ledger = sellingLedger();
    const newId = countingIds();
    const other = purchaseOf({ keyInput: { meant: ['other'], written: ['other'] } });
    const again = purchaseOf({ id: 'again' });
    const { outcomes } = fold(ledger, [purchaseOf(), again, other, purchaseOf()], newId);
    expect(outcomes).toMatchObject([
      { status: 'accepted', result: { orderId: ordersOf(ledger)[0]!.id } },
      { status: 'replayed', result: { orderId: ordersOf(ledger)[0]!.id } },
      refusal('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey'),
      // The batch runs again because its answer was lost.
      { status: 'accepted' },
    ]);
    expect(ordersOf(ledger)).toHaveLength(1);
  });

  test('a key that bought before the account had terms still buys nothing', () => {
    const ledger = sellingLedger({ account: { billingMode: 'UNBILLED' } });
    const newId = countingIds();
    fold(ledger, [purchaseOf()], newId);
    ledger.account = { ...ledger.account, billingMode: 'BILLED' };
    const { outcomes, entries } = fold(ledger, [purchaseOf({ id: 'again' })], newId);
    expect(outcomes).toMatchObject([
      { status: 'replayed', result: { purchaseId: expect.anything() } },
    ]);
    expect(entries).toEqual([]);
  });
});

test.each([
  ['JPY', 1_000, 8_800, 880, 9_680],
  ['KWD', 500, 8_800, 440, 9_240],
  ['EUR', null, 8_800, null, 8_800],
])('an order in %s at a rate of %s', (currency, basisPoints, net, tax, gross) => {
  const { ledger, order, pay, send } = ordered({ currency, basisPoints });
  expect(order()).toMatchObject({ netMinor: net, grossMinor: gross });
  expect(order().tax?.amountMinor ?? null).toBe(tax);
  send({ ...pay, receivedMinor: gross });
  expect(words(ledger)).toEqual([['CLOSED', 'PAID', 0, 0]]);
});

test('passes that cost nothing are credited at once, without an invoice and a payment', () => {
  const ledger = sellingLedger({ account: { creditFirst: false } });
  ledger.prices = ledger.prices.map((price) => ({ ...price, unitPriceMinor: 0 }));
  const { entries } = fold(ledger, [purchaseOf()], countingIds());
  expect(kindsOf(entries)).toEqual(['DayPassOrderPlaced', 'DayPassesPurchased']);
  expect(words(ledger)).toEqual([['CLOSED', 'NONE', 0, 0]]);
});
