import type { TaxRate } from '../../src/core/tax-rate';
import type { Changes } from '../../src/ledger/model/changes';
import {
  dueItemKey,
  type AccountTerms,
  type DueItem,
  type Invoice,
  type Ledger,
  type LoadedDueItem,
  type Order,
  type PaymentAttempt,
} from '../../src/ledger/model/ledger';
import type { BatchNeeds } from '../../src/ledger/model/needs';
import { openOf, owedOf } from '../../src/ledger/model/order.rules';
import { party } from '../invoices/documents';
import { demand } from './broken';
import type { Database } from './database';
import type { Random } from './random';

/** What the operator sells to the account, as PostgreSQL would keep it. */
export interface Selling {
  account: AccountTerms;
  /** The account's zone: one without clock changes, so that the plain books can compute its days. */
  zone: { name: string; aheadMs: number };
  /** The tax on its orders; null: no rate is configured. */
  basisPoints: number | null;
  /** Whether an address for invoices was entered. */
  hasBuyer: boolean;
  orders: Map<string, Order>;
  attempts: Map<string, PaymentAttempt>;
  invoices: Map<string, Invoice>;
  series: Map<string, number>;
  /** By `dueItemKey`. */
  dueItems: Map<string, DueItem>;
}

const zones = [
  { name: 'UTC', aheadMs: 0 },
  { name: 'Asia/Kathmandu', aheadMs: 345 * 60_000 },
  { name: 'Asia/Tokyo', aheadMs: 540 * 60_000 },
];

/** Some are what one or two passes cost with tax, so that orders reach a limit exactly. */
export const limits = [0, 400, 428, 476, 485, 800, 952, 2_400, 50_000];

/** Half of all accounts buy on terms. */
export function foundSelling(random: Random): Selling {
  const isBilled = random.chance(0.5);
  return {
    account: {
      plan: 'pro',
      billingMode: isBilled ? 'BILLED' : 'UNBILLED',
      emergencyCeiling: 1_000,
      termsDays: isBilled ? random.pick([0, 14, 30]) : null,
      creditLimitMinor: random.pick([null, null, ...limits]),
      creditFirst: random.chance(0.5),
      holdSinceMs: null,
      closedAtMs: null,
      gateShutsAtMs: null,
    },
    zone: random.pick(zones),
    basisPoints: random.pick([null, 0, 700, 1_900, 2_123]),
    hasBuyer: true,
    orders: new Map(),
    attempts: new Map(),
    invoices: new Map(),
    series: new Map(),
    dueItems: new Map(),
  };
}

/** What `loadLedger` loads of it for these needs. */
export function loadSelling(
  db: Database,
  needs: BatchNeeds,
  nowMs: number,
): Pick<Ledger, 'account' | 'dueItems' | 'invoices' | 'invoicing' | 'ordering' | 'orders'> {
  const invoices = [...db.invoices.values()].filter(
    ({ id, correctsId }) =>
      needs.invoices.includes(id) || (correctsId !== null && needs.invoices.includes(correctsId)),
  );
  const named = new Set([...needs.orders, ...invoices.map(({ orderId }) => orderId)]);
  const orders = [...db.orders.values()].filter(({ id }) => named.has(id));
  return {
    account: db.account,
    dueItems: needs.due ? loadDueItems(db, nowMs) : new Map<string, LoadedDueItem>(),
    invoices: new Map(invoices.map((invoice) => [invoice.id, invoice])),
    invoicing: needs.invoicing ? invoicingOf(db) : null,
    ordering: needs.ordering ? orderingOf(db) : null,
    orders: new Map(
      orders.map((order) => [order.id, { order, attempts: attemptsOf(db, order.id) }]),
    ),
  };
}

/** The wallets that are loaded with it. */
export function walletsOfSelling(
  db: Database,
  { orders, invoices, dueItems }: ReturnType<typeof loadSelling>,
): string[] {
  const lapsing = [...dueItems.values()].flatMap(({ kind, subject }) =>
    kind === 'ORDER_LAPSES' ? [db.orders.get(subject)!.walletId] : [],
  );
  const named = [...[...orders.values()].map(({ order }) => order), ...invoices.values()];
  return [...named.map(({ walletId }) => walletId), ...lapsing];
}

export function attemptsOf({ attempts }: Selling, orderId: string): PaymentAttempt[] {
  return [...attempts.values()].filter((one) => one.orderId === orderId);
}

/** The first items that are due, as they are loaded: by their instant, kind and subject. */
function loadDueItems(db: Database, nowMs: number): Ledger['dueItems'] {
  const due = [...db.dueItems.values()].filter(({ atMs }) => atMs <= nowMs).sort(byInstant);
  const loaded = due
    .slice(0, db.bounds.due)
    .map((item) => ({ ...item, facts: factsOf(db, item) }) as LoadedDueItem);
  return new Map(loaded.map((item) => [dueItemKey(item), item]));
}

export function byInstant(a: DueItem, b: DueItem): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs;
  return `${a.kind} ${a.subject}` < `${b.kind} ${b.subject}` ? -1 : 1;
}

function factsOf(db: Database, { kind, subject }: DueItem): LoadedDueItem['facts'] {
  switch (kind) {
    case 'LOT_EXPIRING': {
      const { remaining, expiresAtMs } = db.lots.get(subject)!;
      return { remaining, expiresAtMs: expiresAtMs! };
    }
    case 'INVOICE_OVERDUE':
      return { openMinor: openOf(db.orders.get(db.invoices.get(subject)!.orderId)!) };
    case 'ORDER_LAPSES':
      return db.orders.get(subject)!;
  }
}

function invoicingOf(db: Database): Ledger['invoicing'] {
  return {
    accountNumber: 1_001,
    timeZone: db.zone.name,
    seller: { party: party(), taxRegistrations: [], invoicePrefix: 'INV', paymentAccount: null },
    buyer: db.hasBuyer ? party() : null,
    series: Object.fromEntries(db.series),
  };
}

function orderingOf(db: Database): Ledger['ordering'] {
  const orders = [...db.orders.values()];
  const { basisPoints } = db;
  const category = basisPoints === 0 ? 'Z' : 'S';
  const rate = { country: 'DE', category, validFromMs: 0, validToMs: null } as const;
  const rates: TaxRate[] = basisPoints === null ? [] : [{ ...rate, basisPoints }];
  return {
    lastPlace: Math.max(0, ...orders.map(({ place }) => place)),
    owedMinor: orders.reduce((sum, order) => sum + owedOf(order), 0),
    rates,
    exemptionNote: null,
  };
}

/** Writes it as `changeStatements` do; breaks if the database's constraints would refuse. */
export function writeSelling(db: Database, changes: Changes): void {
  for (const order of changes.orders.values()) putOrder(db, order);
  for (const attempt of changes.attempts.values()) {
    demand(db.orders.has(attempt.orderId), 'payment_attempts_order_fkey');
    const before = db.attempts.get(attempt.id);
    const { receivedMinor, refundedMinor, withdrawnMinor, reinstatedMinor } = attempt;
    const counters = { receivedMinor, refundedMinor, withdrawnMinor, reinstatedMinor };
    const isThere = attemptsOf(db, attempt.orderId).some(
      ({ id, reference }) => reference === attempt.reference && id !== attempt.id,
    );
    demand(!isThere, 'payment_attempts_reference_key', attempt);
    db.attempts.set(attempt.id, Object.freeze(before ? { ...before, ...counters } : attempt));
  }
  for (const [series, last] of changes.invoiceSeries) db.series.set(series, last);
}

/** After the purchases. */
export function writeInvoices(db: Database, changes: Changes): void {
  for (const invoice of changes.invoices) {
    const { series, place, orderId } = invoice;
    const isThere = [...db.invoices.values()].some(
      (other) => other.series === series && other.place === place,
    );
    demand(!isThere, 'invoices_place_key', invoice);
    demand(db.orders.has(orderId), 'invoices_order_fkey', invoice);
    db.invoices.set(invoice.id, Object.freeze(invoice));
  }
  for (const [key, { atMs, ...item }] of changes.dueItems) {
    if (atMs === null) db.dueItems.delete(key);
    else db.dueItems.set(key, { ...item, atMs });
  }
}

function putOrder(db: Database, order: Order): void {
  const { grossMinor, netMinor, tax, unitPrice, quantity, notesMinor, receivedMinor } = order;
  demand(netMinor === unitPrice.minor * quantity, 'orders_net_check', order);
  demand(grossMinor === netMinor + (tax?.amountMinor ?? 0), 'orders_gross_check', order);
  const isCounted = receivedMinor >= 0 && order.backMinor >= 0 && notesMinor >= 0;
  demand(isCounted && notesMinor <= grossMinor, 'orders_counters_check', order);
  const { creditedAtMs, paidAtMs, canceledAtMs, backMinor } = order;
  demand(creditedAtMs === null || canceledAtMs === null, 'orders_end_check', order);
  const before = db.orders.get(order.id);
  demand(before !== undefined || order.place === db.orders.size + 1, 'orders_place_key', order);
  const set = { creditedAtMs, paidAtMs, canceledAtMs, receivedMinor, backMinor, notesMinor };
  db.orders.set(order.id, Object.freeze(before ? { ...before, ...set } : order));
}
