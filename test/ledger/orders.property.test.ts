import fc from 'fast-check';
import type { CreditInvoice } from '../../src/ledger/books/credit-invoice';
import { kernel } from '../../src/ledger/decide';
import { noChanges, mergeChanges } from '../../src/ledger/model/changes';
import type { Invoice, Ledger, PaymentAttempt } from '../../src/ledger/model/ledger';
import {
  mergeCounters,
  openOf,
  overpaidOf,
  owedOf,
  sumOf,
} from '../../src/ledger/model/order.rules';
import { judgeBookedOrder, judgeOrderEntry } from '../../src/ledger/verify/verify-books.orders';
import { readPayload } from '../../src/ledger/verify/entry-payload';
import { foldBatch } from '../../src/ledger/writer/fold-batch';
import { countingIds } from '../support/desk/ledger';
import { cancelOf, ordersOf, paymentOf, purchaseOf, sellingLedger } from '../support/desk/orders';

const count = fc.nat(1_000);
const observation = fc.record({
  receivedMinor: count,
  refundedMinor: count,
  withdrawnMinor: count,
  reinstatedMinor: count,
});
const nothing = { receivedMinor: 0, refundedMinor: 0, withdrawnMinor: 0, reinstatedMinor: 0 };

test('observations in any order and any number come to the same counters', () => {
  const observed = fc
    .array(observation, { minLength: 1, maxLength: 8 })
    .chain((seen) =>
      fc.tuple(
        fc.constant(seen),
        fc.shuffledSubarray([...seen, ...seen, ...seen].slice(seen.length)),
      ),
    );
  fc.assert(
    fc.property(observed, ([seen, mixed]) => {
      // Each is there at least once, in another order, and some are there again.
      const again = [...mixed, ...[...seen].reverse()];
      const all = seen.reduce(mergeCounters, nothing);
      expect(again.reduce(mergeCounters, nothing)).toEqual(all);
      expect(again.reduce(mergeCounters, all)).toEqual(all);
    }),
  );
});

/** One thing that happens; batches are cut between them at random. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      quantity: fc.nat(300),
      key: fc.nat(8),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      order: fc.nat(4),
      reference: fc.nat(2),
      permille: fc.constantFrom(1, 400, 600, 1_000, 1_300),
    }),
  },
  fc.record({ do: fc.constant('withdraw' as const), order: fc.nat(4), reference: fc.nat(2) }),
  fc.record({ do: fc.constant('cancel' as const), order: fc.nat(4) }),
  fc.record({
    do: fc.constant('note' as const),
    invoice: fc.nat(4),
    permille: fc.constantFrom(1, 333, 1_000),
    key: fc.nat(5),
  }),
  fc.record({
    do: fc.constant('terms' as const),
    creditFirst: fc.boolean(),
    limit: fc.option(fc.nat(500_000)),
    isClosed: fc.boolean(),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const histories = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  basisPoints: fc.constantFrom(null, 0, 700, 1900, 2123),
  batches: fc.array(fc.record({ crashes: fc.boolean(), steps: fc.array(step, { maxLength: 6 }) }), {
    maxLength: 10,
  }),
});

test('whatever happens, money and passes of all orders add up', () => {
  fc.assert(
    fc.property(histories, ({ currency, basisPoints, batches }) => {
      const newId = countingIds();
      let ledger = sellingLedger({ currency, basisPoints });
      const all = noChanges();
      for (const { crashes, steps } of batches) {
        const copy = copyOf(ledger);
        for (const one of steps) {
          if (one.do === 'terms') copy.account = termsOf(copy, one);
          const commands = one.do === 'terms' ? [] : [commandOf(one, copy, newId())];
          const folded = foldBatch(kernel, copy, { commands, newId });
          for (const settled of folded.settled) expect(settled.status).toBe('fulfilled');
          // A batch whose transaction is rolled back leaves the ledger as it was.
          if (!crashes) mergeChanges(all, folded.changes);
        }
        if (!crashes) ledger = copy;
      }
      assertMoney(ledger, all.invoices);
      assertCreditedOnce(ledger, all);
      assertBooked(ledger, all);
      const numbers = [...all.invoices].sort((a, b) => a.sequence - b.sequence);
      for (const series of new Set(numbers.map((one) => one.series))) {
        const places = numbers.filter((one) => one.series === series).map(({ place }) => place);
        expect(places).toEqual(places.map((_, at) => at + 1));
      }
    }),
  );
});

/** What was received and kept is what was invoiced and not credited, what is not spent, less what is owed. */
function assertMoney(ledger: Ledger, invoices: readonly Invoice[]): void {
  const orders = ordersOf(ledger);
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  const gross = (kind: Invoice['kind']) =>
    sum(invoices.filter((one) => one.kind === kind).map((one) => one.netMinor + one.taxMinor));
  const kept = sum(orders.map((one) => one.receivedMinor - one.backMinor));
  const unspent = sum(
    orders.map((one) =>
      one.creditedAtMs === null ? one.receivedMinor - one.backMinor : overpaidOf(one),
    ),
  );
  const owed = sum(orders.map(owedOf));
  expect(kept).toBe(gross('INVOICE') - gross('CREDIT_NOTE') + unspent - owed);
  expect(ledger.ordering!.owedMinor).toBe(owed);
  expect(ledger.ordering!.lastPlace).toBe(orders.length);
}

/** Its passes come once, and not before they are owed or paid. */
function assertCreditedOnce(ledger: Ledger, { purchases, entries }: ReturnType<typeof noChanges>) {
  for (const order of ordersOf(ledger)) {
    const bought = purchases.filter(({ orderId }) => orderId === order.id);
    expect(bought).toHaveLength(order.creditedAtMs === null ? 0 : 1);
    expect(order.creditedAtMs !== null && order.canceledAtMs !== null).toBe(false);
    const own = entries.filter(({ payload }) => payload.orderId === order.id);
    const kinds = own.map(({ kind }) => kind).filter((kind) => kind !== 'InvoiceIssued');
    expect(new Set(kinds).size).toBe(kinds.length);
    if (order.creditedAtMs !== null) continue;
    expect(order.creditFirst).toBe(false);
    expect(owedOf(order)).toBe(0);
  }
  const passes = purchases.reduce((sum, { quantity }) => sum + quantity, 0);
  expect(ledger.wallets.get('wallet')!.balance).toBe(passes);
}

/** `daypass verify` finds nothing. */
function assertBooked(ledger: Ledger, { entries, invoices }: ReturnType<typeof noChanges>): void {
  const orders = new Map([...ledger.orders].map(([id, { order }]) => [id, order]));
  for (const entry of entries) {
    const stored = { ...entry, payloadText: JSON.stringify(entry.payload), hash: '' };
    expect(judgeOrderEntry(stored, readPayload(stored.payloadText), { orders })).toBeNull();
  }
  for (const { order, attempts } of ledger.orders.values()) {
    expect(sumOf(attempts)).toEqual(
      sumOf([{ ...nothing, ...order, refundedMinor: order.backMinor }]),
    );
    const own = entries.filter(
      ({ kind, payload }) => kind !== 'InvoiceIssued' && payload.orderId === order.id,
    );
    const booked = {
      order,
      openMinor: openOf(order),
      attempts,
      entered: Object.fromEntries(own.map(({ kind, occurredAtMs }) => [kind, occurredAtMs])),
      documents: invoices.filter(({ orderId }) => orderId === order.id),
    };
    expect(judgeBookedOrder(booked)).toBeNull();
  }
}

function commandOf(one: Exclude<Step, { do: 'terms' }>, ledger: Ledger, id: string) {
  const order = 'order' in one ? ordersOf(ledger)[one.order] : undefined;
  const orderId = order?.id ?? 'nobody';
  switch (one.do) {
    case 'order':
      return purchaseOf({
        id,
        quantity: one.quantity,
        key: String(one.key),
        keyInput: inputOf(one.quantity),
      });
    case 'pay': {
      const receivedMinor = Math.ceil(((order?.grossMinor ?? 0) * one.permille) / 1_000);
      return paymentOf({ id, orderId, reference: `ref ${one.reference}`, receivedMinor });
    }
    case 'withdraw':
      return paymentOf({ id, orderId, reference: `ref ${one.reference}`, receivedMinor: null });
    case 'cancel':
      return { ...cancelOf(orderId), id };
    case 'note': {
      const invoice = [...ledger.invoices.values()].filter(({ kind }) => kind === 'INVOICE')[
        one.invoice
      ];
      const gross = invoice ? invoice.netMinor + invoice.taxMinor : 1;
      return {
        kind: 'credit-invoice',
        id,
        actor: null,
        invoiceId: invoice?.id ?? 'nobody',
        grossMinor: Math.ceil((gross * one.permille) / 1_000),
        reason: 'Goodwill',
        key: String(one.key),
      } satisfies CreditInvoice;
    }
  }
}

const inputOf = (quantity: number) => ({ meant: [quantity], written: [quantity] });

function termsOf({ account, nowMs }: Ledger, one: Extract<Step, { do: 'terms' }>) {
  const { creditFirst, limit: creditLimitMinor, isClosed } = one;
  return { ...account, creditFirst, creditLimitMinor, closedAtMs: isClosed ? nowMs : null };
}

function copyOf(ledger: Ledger): Ledger {
  const copied = Object.entries(ledger).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Map ? new Map(value) : value,
  ]);
  return Object.fromEntries(copied) as Ledger;
}

test('payments of an order credit it exactly if together they reach its total, in any order', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 5 });
  const sent = amounts.chain((each) =>
    fc
      .tuple(
        fc.constant(each),
        fc
          .array(fc.nat(each.length - 1), { maxLength: 12 })
          .map((more) => [...each.keys(), ...more]),
      )
      .chain(([all, order]) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(order, { minLength: order.length })),
      ),
  );
  fc.assert(
    fc.property(sent, ([each, order]) => {
      const newId = countingIds();
      const ledger = sellingLedger({ account: { creditFirst: false } });
      foldBatch(kernel, ledger, { commands: [purchaseOf()], newId });
      const { id: orderId, grossMinor } = ordersOf(ledger)[0]!;
      const commands = order.map((at) =>
        paymentOf({ id: newId(), orderId, reference: String(at), receivedMinor: each[at]! }),
      );
      const { changes } = foldBatch(kernel, ledger, { commands, newId });
      const total = each.reduce((sum, one) => sum + one, 0);
      const received = (rows: readonly PaymentAttempt[]) => sumOf(rows).receivedMinor;
      expect(received([...ledger.orders.get(orderId)!.attempts])).toBe(total);
      expect(changes.purchases).toHaveLength(total >= grossMinor ? 1 : 0);
    }),
  );
});
