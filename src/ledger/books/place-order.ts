import { unchanged, type Decision } from '../model/decision';
import type { Actor, Ledger, Order, Wallet } from '../model/ledger';
import type { AnyCommand } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { creditOrder } from './credit-order';
import { expectLapse } from './due/order-lapses';
import { keyDigestOf, type KeyedInput } from './key-digest.rules';
import { judgeLimit, judgeOrdering } from './ordering.rules';
import { priceFor } from './price.rules';
import { judgeTotals, noPrice, type ExpectedTotals, type PaymentMethod } from './purchase.rules';
import { saleTax } from './sale-tax.rules';
import { taxTotals } from './tax.rules';

/** Passes that somebody wants to buy, and what was shown to the buyer. */
export interface WantedPasses extends AnyCommand, ExpectedTotals {
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  /** The buyer's own number, for the invoice; the doors have checked it. */
  purchaseOrderNumber?: string | null;
  /** Left out: the one that the account has. */
  paymentMethod?: PaymentMethod | null;
  key: string;
  keyInput: KeyedInput;
}

/**
 * Orders passes on the account's terms. With CREDIT_FIRST the passes and the invoice come in the same
 * batch; otherwise they come when the order is paid.
 */
export function placeOrder(
  ledger: Ledger,
  command: WantedPasses,
  { wallet, newId }: { wallet: Wallet; newId: () => string },
): Decision<{ purchaseId: null; orderId: string; wallet: Wallet }> {
  const { ordering, nowMs } = ledger;
  if (!ordering) throw new Error('What an order needs was not loaded.');
  const { quantity } = command;
  const price = priceFor(ledger.prices, { quantity, nowMs });
  const refusal = judgeOrdering({ ...ledger, wallet, quantity, price });
  if (refusal || !price) return unchanged(refusal ?? noPrice());

  const unitPrice = { minor: price.unitPriceMinor, currency: price.currency };
  const treatment = saleTax(
    {
      seller: ledger.invoicing!.seller && {
        ...ledger.invoicing!.seller,
        exemptionNote: ordering.exemptionNote,
      },
      buyer: ledger.invoicing!.buyer,
      rates: ordering.rates,
    },
    nowMs,
  );
  const { netMinor, taxes, grossMinor } = taxTotals([
    { netMinor: unitPrice.minor * quantity, treatment },
  ]);
  const judged =
    judgeTotals(command, { netMinor, grossMinor, currency: price.currency }) ??
    judgeLimit({ ...ledger, ...ordering }, grossMinor);
  if (judged) return unchanged(judged);

  const posting = new Posting(ledger, command, newId);
  const [tax = null] = taxes;
  const place = ordering.lastPlace + 1;
  const order: Order = {
    id: newId(),
    place,
    number: `O-${ledger.invoicing!.accountNumber}-${place}`,
    walletId: wallet.id,
    sequence: posting.nextSequence,
    quantity,
    unitPrice,
    netMinor,
    tax: tax && {
      category: tax.category,
      basisPoints: tax.basisPoints,
      amountMinor: tax.amountMinor,
      note: tax.note,
    },
    grossMinor,
    termsDays: ledger.account.termsDays!,
    creditFirst: ledger.account.creditFirst,
    purchaseOrderNumber: command.purchaseOrderNumber ?? null,
    placedBy: command.actor?.kind === 'AGENT' ? command.actor.id : null,
    placedAtMs: nowMs,
    creditedAtMs: null,
    paidAtMs: null,
    canceledAtMs: null,
    receivedMinor: 0,
    backMinor: 0,
    notesMinor: 0,
  };
  posting.changes.orders.set(order.id, order);
  posting.post({
    kind: 'DayPassOrderPlaced',
    walletId: wallet.id,
    actor: command.actor,
    payload: {
      orderId: order.id,
      number: order.number,
      quantity,
      netMinor,
      grossMinor,
      currency: unitPrice.currency,
    },
    key: command.key,
    keyDigest: keyDigestOf(wallet, command.keyInput),
  });
  if (order.creditFirst || grossMinor === 0) {
    creditOrder(ledger, posting, { order, actor: command.actor, newId });
  } else expectLapse(posting.changes, order);
  const result = { purchaseId: null, orderId: order.id, wallet: posting.wallet(wallet.id) };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}
