import type { CommandOf, Results } from '../../src/ledger/commands';
import type { Entry } from '../../src/ledger/model/ledger';
import { demand } from './broken';
import type { Database } from './database';
import type { PlainBooks, PlainOrder } from './plain-books';
import { bringLot } from './plain-credit';
import type { EntryLine } from './plain-entries';
import { inputOf, priceFor } from './plain-words';

const dayMs = 86_400_000;

/** Half up: the factors are small enough for whole numbers to stay exact. */
export function plainTax(netMinor: number, basisPoints: number): number {
  return Math.round((netMinor * basisPoints) / 10_000);
}

/** What was received and not withdrawn. */
export function keptOf({ payments }: PlainOrder): number {
  let kept = 0;
  for (const { minor, isWithdrawn } of payments.values()) if (!isWithdrawn) kept += minor;
  return kept;
}

/** What is still to be paid. */
export function plainOpen(order: PlainOrder): number {
  if (order.end === 'CANCELED') return 0;
  return Math.max(0, order.grossMinor - order.notesMinor - keptOf(order));
}

export function plainOwed(order: PlainOrder): number {
  return order.end === 'CREDITED' ? plainOpen(order) : 0;
}

/** An order is placed; on credit, or if it costs nothing, its passes come at once. */
export function takeOrder(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'purchase'>,
  { line, result }: { line: EntryLine; result: Results['purchase'] },
): void {
  const wallet = books.wallet(command.walletId)!;
  const { quantity, key } = command;
  const { account, basisPoints } = db;
  const unitMinor = priceFor(db.prices, quantity, line.atMs)!.minor;
  const netMinor = unitMinor * quantity;
  const grossMinor = netMinor + plainTax(netMinor, basisPoints ?? 0);
  const { payload } = line.take('DayPassOrderPlaced', wallet.id, 0);
  const place = books.orders.size + 1;
  const expected = { number: `O-1001-${place}`, quantity, netMinor, grossMinor };
  for (const [name, value] of Object.entries(expected)) {
    demand(payload[name] === value, 'an order is what was asked for', { payload, expected });
  }
  const id = String(payload.orderId);
  demand(result.orderId === id, 'an order is answered with its id', { result, id });
  const order: PlainOrder = {
    ...{ id, walletId: wallet.id, quantity, unitMinor, netMinor, grossMinor },
    basisPoints: basisPoints ?? 0,
    termsDays: account.creditFirst ? account.termsDays! : 0,
    placedAtMs: line.atMs,
    payments: new Map(),
    notesMinor: 0,
    wasPaid: false,
    end: null,
    invoice: null,
  };
  books.orders.set(id, order);
  if (account.creditFirst || grossMinor === 0) takeCrediting(books, db, order, line);
  else expectLapse(books, order);
  const answer = `null ${id}`;
  const input = inputOf(wallet.id, command);
  books.done.set(`purchase ${key}`, { commandId: command.id, input, answer });
}

function expectLapse({ dueItems }: PlainBooks, { id, placedAtMs }: PlainOrder): void {
  dueItems.set(`ORDER_LAPSES ${id}`, placedAtMs + 7 * dayMs);
}

/** The passes of an order come, once, with their invoice. */
function takeCrediting(books: PlainBooks, db: Database, order: PlainOrder, line: EntryLine): void {
  demand(order.end === null, 'an order is credited once', order);
  order.end = 'CREDITED';
  const { walletId, quantity, unitMinor, netMinor } = order;
  const entry = line.take('DayPassesPurchased', walletId, quantity);
  bringLot(books, entry, { walletId, quantity, endsAtMs: Infinity });
  const { payload } = entry;
  const isIt =
    payload.orderId === order.id &&
    payload.unitPriceMinor === unitMinor &&
    payload.totalMinor === netMinor;
  demand(isIt, 'an order is credited as it was placed', { order, payload });
  if (order.grossMinor === 0) return;
  const invoice = line.take('InvoiceIssued', walletId, 0);
  demandNumber(books, db, { entry: invoice, isNote: false });
  const { invoiceId, netMinor: net, taxMinor: tax } = invoice.payload;
  demand(net === netMinor && tax === order.grossMinor - netMinor, 'an invoice has its totals', {
    order,
    payload: invoice.payload,
  });
  const id = String(invoiceId);
  const { basisPoints } = order;
  const taxMinor = order.grossMinor - netMinor;
  order.invoice = { id, netMinor, taxMinor, basisPoints, creditedNet: 0, creditedTax: 0 };
  books.invoices.set(id, order);
  // By the account's zone: the day of issue, the days of its terms, and the end of the last one.
  const { aheadMs } = db.zone;
  const issued = Math.floor((line.atMs + aheadMs) / dayMs);
  const overdueAtMs = (issued + order.termsDays + 1) * dayMs - aheadMs;
  books.dueItems.set(`INVOICE_OVERDUE ${id}`, overdueAtMs);
}

/** A series is 1, 2, 3 in the order of the entries, and has the year of its day in the zone. */
function demandNumber(
  books: PlainBooks,
  db: Database,
  { entry, isNote }: { entry: Entry; isNote: boolean },
): void {
  const [, series = '', place = ''] = /^(.+)-(\d+)$/.exec(String(entry.payload.number)) ?? [];
  const year = new Date(entry.occurredAtMs + db.zone.aheadMs).getUTCFullYear();
  const own = `${db.sandbox ? 'TEST-' : ''}INV-1001-${year}${isNote ? '-CN' : ''}`;
  const next = (books.series.get(own) ?? 0) + 1;
  const isNext = series === own && Number(place) === next;
  demand(isNext, 'a document has the next number of its series', { entry, own, next });
  books.series.set(own, next);
}

/** A payment is counted once, whatever its order waits for, and credits it when nothing is open. */
export function takePayment(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'record-payment'>,
  { line, result }: { line: EntryLine; result: Results['record-payment'] },
): void {
  const order = books.orders.get(command.orderId)!;
  const { reference, receivedMinor } = command;
  const before = plainOpen(order);
  const known = order.payments.get(reference);
  const isWithdrawn = receivedMinor === null && !known!.isWithdrawn;
  if (receivedMinor === null) known!.isWithdrawn = true;
  else if (!known) order.payments.set(reference, { minor: receivedMinor, isWithdrawn: false });
  if (!order.wasPaid && before > 0 && plainOpen(order) === 0) {
    order.wasPaid = true;
    const { payload } = line.take('DayPassOrderPaid', order.walletId, 0);
    demand(payload.orderId === order.id, 'a payment names its order', { order, payload });
  }
  const isDue = order.end === null && plainOpen(order) === 0;
  if (isDue && db.hasBuyer) takeCrediting(books, db, order, line);
  else if (isWithdrawn && order.end === null) expectLapse(books, order);
  const waits = isDue && !db.hasBuyer;
  demand((result.waitsFor !== null) === waits, 'a payment says what its passes wait for', result);
  const { receivedMinor: sum, backMinor } = result.order;
  demand(sum - backMinor === keptOf(order), 'the sums of an order are those of its payments', {
    order,
    result,
  });
}

/** An order that waits is given up: by a person, or when it lapses. */
export function takeEnd(order: PlainOrder, line: EntryLine): void {
  const { payload } = line.take('DayPassOrderCanceled', order.walletId, 0);
  const isIt = payload.orderId === order.id && order.end === null && keptOf(order) === 0;
  demand(isIt, 'an order is canceled only while it waits and has no money', { order, payload });
  order.end = 'CANCELED';
}

/** A credit note gives money of an invoice back: in any parts exactly what it has. */
export function takeNote(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'credit-invoice'>,
  { line, result }: { line: EntryLine; result: Results['credit-invoice'] },
): void {
  const key = `note ${command.key}`;
  const done = books.done.get(key);
  if (done) {
    demand(done.answer === result.invoiceId, 'asking again gives the first answer', { done });
    return;
  }
  const order = books.invoices.get(command.invoiceId)!;
  const invoice = order.invoice!;
  const entry = line.take('InvoiceIssued', order.walletId, 0);
  demandNumber(books, db, { entry, isNote: true });
  const [net, tax] = [Number(entry.payload.netMinor), Number(entry.payload.taxMinor)];
  const gross = command.grossMinor ?? order.grossMinor - order.notesMinor;
  demand(net + tax === gross && net >= 0 && tax >= 0, 'a note has its total', { entry, gross });
  order.notesMinor += gross;
  invoice.creditedNet += net;
  invoice.creditedTax += tax;
  // Of all that was given back so far, half up; neither part may be more than the invoice has.
  const ideal = Math.round((order.notesMinor * 10_000) / (10_000 + invoice.basisPoints));
  const least = Math.max(order.notesMinor - invoice.taxMinor, invoice.creditedNet - net);
  const most = Math.min(invoice.netMinor, invoice.creditedNet - net + gross);
  const expected = Math.max(least, Math.min(ideal, most));
  const fits = invoice.creditedTax <= invoice.taxMinor;
  const isRight = invoice.creditedNet === expected && fits;
  demand(isRight, 'notes give an invoice back exactly, in any parts', { invoice, expected });
  const input = noteInputOf(command);
  books.done.set(key, { commandId: command.id, input, answer: result.invoiceId });
}

export function noteInputOf(command: CommandOf<'credit-invoice'>): string {
  return JSON.stringify([command.invoiceId, command.grossMinor, command.reason]);
}

/** The items that fall due, oldest first: an order without money lapses, the rest are notices. */
export function takeItems(
  books: PlainBooks,
  { dueMax, line }: { dueMax: number; line: EntryLine },
): void {
  const due = [...books.dueItems].filter(([, atMs]) => atMs <= line.atMs);
  due.sort(([a, aMs], [b, bMs]) => aMs - bMs || (a < b ? -1 : 1));
  for (const [item] of due.slice(0, dueMax)) {
    books.dueItems.delete(item);
    const [kind, subject = ''] = item.split(/ (.*)/);
    const order = kind === 'ORDER_LAPSES' ? books.orders.get(subject)! : null;
    if (order?.end === null && keptOf(order) === 0) takeEnd(order, line);
  }
}
