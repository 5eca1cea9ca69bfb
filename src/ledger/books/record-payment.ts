import { unchanged, type Decision } from '../model/decision';
import type { Actor, Ledger, Order, PaymentAttempt } from '../model/ledger';
import { mergeCounters, openOf, sumOf } from '../model/order.rules';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { creditOrder, judgeCrediting } from './credit-order';
import { expectLapse } from './due/order-lapses';

/**
 * What is known of one payment of an order: absolute counters, never differences. The same
 * observation again changes nothing, and an older one that comes late changes nothing either.
 */
export interface RecordPayment extends AnyCommand {
  kind: 'record-payment';
  actor: Actor | null;
  orderId: string;
  gateway: PaymentAttempt['gateway'];
  /** What the bank or the gateway names it. */
  reference: string;
  /** Null: the payment was withdrawn completely, because it was recorded by mistake. */
  receivedMinor: number | null;
  receivedOn: string | null;
}

interface Recorded {
  order: Order;
  attempts: readonly PaymentAttempt[];
  /** Why the passes were not credited though the order is paid; null if nothing hinders it. */
  waitsFor: string | null;
}

export const recordPayment: CommandModule<RecordPayment, Recorded> = {
  kind: 'record-payment',
  needs: ({ orderId }) => ({ orders: [orderId], invoicing: true, ordering: true }),
  decide,
  audit(ledger, { orderId, reference }, changes) {
    if (changes.orders.size === 0) return null;
    const known = ledger.orders.get(orderId)!.attempts;
    const before = known.find((one) => one.reference === reference);
    const [after = before!] = changes.attempts.values();
    return {
      action: 'payment.recorded',
      subject: { type: 'DayPassOrder', id: orderId },
      before: before ? wordsOf(before) : null,
      after: wordsOf(after),
    };
  },
};

/**
 * Money is recorded whatever the state of its order: for a canceled order it is the buyer's credit.
 * The same payment again changes nothing, but credits passes that could not be credited before.
 */
function decide(ledger: Ledger, command: RecordPayment, newId: () => string): Decision<Recorded> {
  const found = ledger.orders.get(command.orderId);
  if (!found) return unchanged(noOrder());
  const { order, attempts } = found;
  const known = attempts.find((one) => nameOf(one) === nameOf(command));
  const refusal = judgeReference(command, known) ?? judgeSum(command, order);
  if (refusal) return unchanged(refusal);
  const seen = mergeCounters(known ?? newAttempt(ledger, command, newId), {
    receivedMinor: command.receivedMinor ?? 0,
    refundedMinor: 0,
    withdrawnMinor: command.receivedMinor === null ? known!.receivedMinor : 0,
    reinstatedMinor: 0,
  });
  const all = [...attempts.filter(({ id }) => id !== seen.id), seen];
  const paid: Order = { ...order, ...sumOf(all) };
  const isNew = !known || known.withdrawnMinor !== seen.withdrawnMinor;
  const isWaiting = paid.creditedAtMs === null && paid.canceledAtMs === null;
  const isDue = isWaiting && openOf(paid) === 0;
  const hindrance = isDue ? judgeCrediting(ledger, order) : null;
  const isCredited = isDue && !hindrance;
  const waitsFor = hindrance?.message ?? null;
  if (!isNew && !isCredited) {
    return unchanged({ status: 'replayed', result: { order, attempts, waitsFor } });
  }

  const posting = new Posting(ledger, command, newId);
  const { actor } = command;
  if (isNew) posting.changes.attempts.set(seen.id, seen);
  let left = paid;
  if (isNew && isPaidNow(order, paid)) {
    left = { ...paid, paidAtMs: ledger.nowMs };
    posting.post({
      kind: 'DayPassOrderPaid',
      walletId: order.walletId,
      actor,
      payload: {
        orderId: order.id,
        receivedMinor: paid.receivedMinor,
        currency: order.unitPrice.currency,
      },
      key: order.id,
    });
  }
  posting.changes.orders.set(order.id, left);
  if (isCredited) left = creditOrder(ledger, posting, { order: left, actor, newId });
  // The order may have been due while it had this money.
  else if (isNew && command.receivedMinor === null) expectLapse(posting.changes, left);
  const result = { order: left, attempts: all, waitsFor };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}

/** For the first time, a payment leaves nothing to pay. Nothing is to be paid for a canceled order. */
function isPaidNow(before: Order, after: Order): boolean {
  return before.paidAtMs === null && openOf(before) > 0 && openOf(after) === 0;
}

/** Each gateway has references of its own. */
function nameOf({ gateway, reference }: Pick<PaymentAttempt, 'gateway' | 'reference'>): string {
  return `${gateway} ${reference}`;
}

function wordsOf({ reference, receivedMinor, withdrawnMinor }: PaymentAttempt) {
  return { reference, receivedMinor, withdrawnMinor };
}

function newAttempt(ledger: Ledger, command: RecordPayment, newId: () => string): PaymentAttempt {
  return {
    id: newId(),
    orderId: command.orderId,
    gateway: command.gateway,
    reference: command.reference,
    receivedMinor: 0,
    refundedMinor: 0,
    withdrawnMinor: 0,
    reinstatedMinor: 0,
    receivedOn: command.receivedOn,
    recordedAtMs: ledger.nowMs,
  };
}

/** One reference is one payment: another amount under it is an error of typing. */
function judgeReference(
  { receivedMinor, reference }: RecordPayment,
  known: PaymentAttempt | undefined,
): Refused | null {
  if (receivedMinor === null) {
    if (known) return null;
    return refused('NOT_FOUND', `no payment with the reference ${reference} was recorded`, [
      'withdraw',
    ]);
  }
  if (!Number.isSafeInteger(receivedMinor) || receivedMinor <= 0) {
    return refused('VALIDATION_FAILED', 'must be an amount above zero', ['amount']);
  }
  if (known && known.withdrawnMinor > 0) {
    const message = `the payment ${reference} was withdrawn. Record the right one with another reference`;
    return refused('VALIDATION_FAILED', message, ['reference']);
  }
  if (!known || known.receivedMinor === receivedMinor) return null;
  const message = `another amount was recorded with the reference ${reference}. Withdraw it first`;
  return refused('VALIDATION_FAILED', message, ['reference']);
}

/** The sums stay exact numbers. */
function judgeSum({ receivedMinor }: RecordPayment, order: Order): Refused | null {
  if (Number.isSafeInteger(order.receivedMinor + (receivedMinor ?? 0))) return null;
  return refused('VALIDATION_FAILED', 'must be less, so that the sum stays exact', ['amount']);
}

function noOrder(): Refused {
  return refused('NOT_FOUND', 'The account has no order with this id. Check the id.', ['orderId']);
}
