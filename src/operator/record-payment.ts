import { refuseTexts } from '../api/input.rules';
import { newId } from '../core/ids';
import { formatMinor, parseMinor } from '../core/money';
import { openOf, overpaidOf, statusOf, type OrderStatus } from '../ledger/model/order.rules';
import { isCalendarDate } from '../time/calendar';
import { findInvoice } from './invoice.queries';
import { ledgerOf, OperatorRefusal, operatorActor, type OperatorServices } from './operator';
import { findOrder } from './order.queries';

/** A bank transfer, or the withdrawal of one that was recorded by mistake. */
export type GivenPayment =
  { reference: string; amount: string; date: string } | { withdraw: string };

/** What was paid of an order, as decimals of its currency. */
export interface Paid {
  /** The number of the order. */
  order: string;
  status: OrderStatus;
  currency: string;
  /** Less what was withdrawn. */
  received: string;
  outstanding: string;
  /** What was paid beyond what is owed. */
  overpaid: string;
  replayed: boolean;
  /** Why the passes were not credited though the order is paid; null if nothing hinders it. */
  waitsFor: string | null;
}

/**
 * Records that a bank transfer came for an invoice. One reference is one payment: the same again
 * changes nothing, and the same reference with another amount is refused. Throws an OperatorRefusal.
 */
export async function recordInvoicePayment(
  on: OperatorServices,
  number: string,
  read: () => GivenPayment,
): Promise<Paid> {
  const { accountId, kind, orderId, currency } = await findInvoice(on.source, number);
  if (kind !== 'INVOICE') throw new OperatorRefusal('number', 'a credit note is not paid');
  return record(on, { accountId, orderId, currency }, read());
}

/** The same, for an order: one that is paid first has no invoice yet. */
export async function recordOrderPayment(
  on: OperatorServices,
  number: string,
  read: () => GivenPayment,
): Promise<Paid> {
  const { accountId, id: orderId, currency } = await findOrder(on.source, number);
  return record(on, { accountId, orderId, currency }, read());
}

async function record(
  on: OperatorServices,
  { accountId, orderId, currency }: { accountId: string; orderId: string; currency: string },
  given: GivenPayment,
): Promise<Paid> {
  const payment =
    'withdraw' in given
      ? { reference: given.withdraw, receivedMinor: null, receivedOn: null }
      : { reference: given.reference, ...readTransfer(given, currency) };
  const field = 'withdraw' in given ? 'withdraw' : 'reference';
  const invalid = refuseTexts({ [field]: [payment.reference, 200] });
  if (invalid) throw new OperatorRefusal(field, invalid.message);
  const outcome = await ledgerOf(on, accountId).submit<'record-payment'>({
    kind: 'record-payment',
    id: newId(),
    actor: operatorActor,
    audit: on.attribution,
    orderId,
    gateway: 'manual',
    ...payment,
  });
  if (outcome.status === 'refused') {
    throw new OperatorRefusal(outcome.field?.[0] ?? 'number', outcome.message);
  }
  const { order, waitsFor } = outcome.result;
  const money = (minor: number) => formatMinor({ minor, currency });
  return {
    order: order.number,
    status: statusOf(order),
    currency,
    received: money(order.receivedMinor - order.backMinor),
    outstanding: money(openOf(order)),
    overpaid: money(overpaidOf(order)),
    replayed: outcome.status === 'replayed',
    waitsFor,
  };
}

function readTransfer(
  { amount, date }: { amount: string; date: string },
  currency: string,
): { receivedMinor: number; receivedOn: string } {
  const receivedMinor = parseMinor(amount, currency);
  if (!receivedMinor) {
    throw new OperatorRefusal('amount', `${amount} is not an amount in ${currency}, e.g. 10`);
  }
  if (!isCalendarDate(date)) {
    throw new OperatorRefusal('date', `${date} is not a date, e.g. 2027-01-31`);
  }
  return { receivedMinor, receivedOn: date };
}
