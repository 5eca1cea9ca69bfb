import type { CommandOf } from '../../src/ledger/commands';
import type { Database } from './database';
import type { PlainBooks } from './plain-books';
import { keptOf, noteInputOf, plainOpen, plainOwed, plainTax } from './plain-orders';

/** Why an order is not taken; null if it is. `netMinor`: null if no price applies. */
export function wordAgainstOrder(
  books: PlainBooks,
  db: Database,
  { netMinor, isAsTold }: { netMinor: number; isAsTold: boolean },
): string | null {
  const { account, hasBuyer, basisPoints } = db;
  if (account.holdSinceMs !== null) return 'ACCOUNT_ON_HOLD';
  if (!hasBuyer) return 'VALIDATION_FAILED';
  if (!isAsTold) return 'PRICE_CHANGED';
  const { creditLimitMinor: limit, creditFirst } = account;
  if (limit === null || !creditFirst) return null;
  const owed = [...books.orders.values()].reduce((sum, order) => sum + plainOwed(order), 0);
  const gross = netMinor + plainTax(netMinor, basisPoints ?? 0);
  return owed + gross > limit ? 'CREDIT_LIMIT' : null;
}

export function wordForPayment(
  books: PlainBooks,
  db: Database,
  { orderId, reference, receivedMinor }: CommandOf<'record-payment'>,
): string {
  const order = books.orders.get(orderId);
  if (!order) return 'NOT_FOUND';
  const known = order.payments.get(reference);
  if (receivedMinor === null && !known) return 'NOT_FOUND';
  if (receivedMinor !== null) {
    if (receivedMinor <= 0 || known?.isWithdrawn) return 'VALIDATION_FAILED';
    if (known && known.minor !== receivedMinor) return 'VALIDATION_FAILED';
  }
  const isNew = receivedMinor === null ? !known!.isWithdrawn : !known;
  const isCredited = order.end === null && plainOpen(order) === 0 && db.hasBuyer;
  return isNew || isCredited ? 'accepted' : 'replayed';
}

export function wordForCancel(books: PlainBooks, { orderId }: CommandOf<'cancel-order'>): string {
  const order = books.orders.get(orderId);
  if (!order) return 'NOT_FOUND';
  if (order.end === 'CANCELED') return 'replayed';
  return order.end === 'CREDITED' || keptOf(order) > 0 ? 'NOT_CANCELABLE' : 'accepted';
}

export function wordForNote(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'credit-invoice'>,
): string {
  const order = books.invoices.get(command.invoiceId);
  if (!order) return 'NOT_FOUND';
  const done = books.done.get(`note ${command.key}`);
  if (done) {
    if (done.input !== noteInputOf(command)) return 'IDEMPOTENCY_KEY_REUSED';
    return done.commandId === command.id ? 'accepted' : 'replayed';
  }
  if (!db.hasBuyer) return 'VALIDATION_FAILED';
  const left = order.grossMinor - order.notesMinor;
  const gross = command.grossMinor ?? left;
  return gross > 0 && gross <= left ? 'accepted' : 'VALIDATION_FAILED';
}
