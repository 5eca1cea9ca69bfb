import { digestOf } from '../../core/digest';
import type { Actor, Ledger, Order } from '../model/ledger';
import type { Refused } from '../model/outcome';
import type { Posting } from '../writer/posting';
import { creditWallet } from './credit-wallet';
import { judgeQuantity } from './grant';
import { issueInvoice, judgeInvoicing } from './issue-invoice';
import { closed } from './permission.rules';

/**
 * Why the passes of an order that is paid cannot be credited now; null if they can. The money is
 * recorded even so, and the passes come when the payment is recorded again.
 */
export function judgeCrediting(ledger: Ledger, { walletId, quantity }: Order): Refused | null {
  const { account } = ledger;
  if (account.closedAtMs !== null) return closed();
  return judgeQuantity(ledger.wallets.get(walletId)!, quantity) ?? judgeInvoicing(ledger);
}

/**
 * Credits the passes of an order and issues its invoice, in one batch. The key of the entry is the
 * order's id, so that the journal itself refuses to credit it again. The invoice comes with the passes
 * in both kinds of terms: an order that is never paid needs no credit note.
 */
export function creditOrder(
  ledger: Ledger,
  posting: Posting,
  { order, actor, newId }: { order: Order; actor: Actor | null; newId: () => string },
): Order {
  const { id: orderId, walletId, quantity, unitPrice, netMinor: totalMinor } = order;
  const credited: Order = { ...order, creditedAtMs: ledger.nowMs };
  posting.changes.orders.set(orderId, credited);
  const lot = creditWallet(ledger, posting, {
    lotId: newId(),
    walletId,
    quantity,
    unitPrice,
    expiresAtMs: null,
  });
  const purchaseId = newId();
  posting.changes.purchases.push({
    id: purchaseId,
    walletId,
    lotId: lot.id,
    sequence: posting.nextSequence,
    quantity,
    unitPrice,
    totalMinor,
    purchasedBy: actor?.kind === 'AGENT' ? actor.id : null,
    purchasedAtMs: ledger.nowMs,
    orderId,
  });
  posting.post({
    kind: 'DayPassesPurchased',
    walletId,
    actor,
    payload: {
      purchaseId,
      lotId: lot.id,
      quantity,
      unitPriceMinor: unitPrice.minor,
      totalMinor,
      currency: unitPrice.currency,
      settled: lot.settled,
      orderId,
    },
    key: orderId,
    keyDigest: digestOf([orderId]),
  });
  if (order.grossMinor > 0) issue(ledger, posting, { order, actor, newId });
  return credited;
}

function issue(
  ledger: Ledger,
  posting: Posting,
  { order, actor, newId }: { order: Order; actor: Actor | null; newId: () => string },
): void {
  const { tax, netMinor: baseMinor, quantity, unitPrice } = order;
  issueInvoice(ledger, posting, {
    kind: 'INVOICE',
    order: {
      id: order.id,
      number: order.number,
      walletId: order.walletId,
      currency: unitPrice.currency,
      purchaseOrderNumber: order.purchaseOrderNumber,
      termsDays: order.creditFirst ? order.termsDays : null,
    },
    line: { item: 'DAY_PASS', quantity, unitPriceMinor: unitPrice.minor },
    tax: tax && { ...tax, baseMinor },
    actor,
    newId,
  });
}
