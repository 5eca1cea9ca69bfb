import { openOf, sumOf } from '../model/order.rules';
import type { StoredEntry } from '../rows/entry';
import type { EntryPayload } from './entry-payload';
import type { BookedOrder, MadeRows } from './verify-books.queries';

/** Compares an entry that moves an order with the order; returns what is wrong, or null. */
export function judgeOrderEntry(
  entry: StoredEntry,
  { orderId, ...payload }: EntryPayload,
  { orders }: Pick<MadeRows, 'orders'>,
): string | null {
  if (orderId === undefined || entry.kind === 'InvoiceIssued') return null;
  const order = orders.get(orderId);
  if (!order) return 'the order of this entry is missing';
  if (entry.walletId !== order.walletId) return 'its order is of another wallet';
  const { kind, sequence, occurredAtMs: atMs } = entry;
  if (kind === 'DayPassOrderPlaced' && sequence !== order.sequence) {
    return 'its order names another entry';
  }
  if (kind === 'DayPassOrderPaid' && atMs !== order.paidAtMs) return 'its order was not paid then';
  if (kind === 'DayPassOrderCanceled' && atMs !== order.canceledAtMs) {
    return 'its order was not canceled then';
  }
  if (kind !== 'DayPassesPurchased') return null;
  if (atMs !== order.creditedAtMs) return 'its order was not credited then';
  const isSame =
    payload.quantity === order.quantity &&
    payload.totalMinor === order.netMinor &&
    payload.unitPriceMinor === order.unitPrice.minor &&
    payload.currency === order.unitPrice.currency;
  return isSame ? null : 'it credits other passes than its order has';
}

/** Compares an order's row with its entries, payments and documents; returns what is wrong, or null. */
export function judgeBookedOrder(booked: BookedOrder): string | null {
  const { order, entered, attempts, documents } = booked;
  const sums = sumOf(attempts);
  const notes = documents.filter(({ kind }) => kind === 'CREDIT_NOTE');
  const invoices = documents.filter(({ kind }) => kind === 'INVOICE');
  const notesMinor = notes.reduce((sum, { netMinor, taxMinor }) => sum + netMinor + taxMinor, 0);
  const isInvoiced = order.creditedAtMs !== null && order.grossMinor > 0;
  const facts: [string, unknown, unknown][] = [
    ['placedAt', order.placedAtMs, entered.DayPassOrderPlaced],
    ['paidAt', order.paidAtMs, entered.DayPassOrderPaid ?? null],
    ['canceledAt', order.canceledAtMs, entered.DayPassOrderCanceled ?? null],
    ['creditedAt', order.creditedAtMs, entered.DayPassesPurchased ?? null],
    ['sum of payments', order.receivedMinor, sums.receivedMinor],
    ['sum that went back', order.backMinor, sums.backMinor],
    ['open amount', booked.openMinor, openOf(order)],
    ['sum of credit notes', order.notesMinor, notesMinor],
    ['number of invoices', invoices.length, isInvoiced ? 1 : 0],
    ['invoiced net', invoices[0]?.netMinor ?? order.netMinor, order.netMinor],
    ['invoiced tax', invoices[0]?.taxMinor ?? order.tax?.amountMinor, order.tax?.amountMinor],
  ];
  const astray = facts.find(([, row, other]) => (row ?? 0) !== (other ?? 0));
  return astray ? `the ${astray[0]} of order ${order.number} differs from its books` : null;
}
