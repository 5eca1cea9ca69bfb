import { parseMinor } from '../../core/money';
import { unchanged, type Decision } from '../model/decision';
import type { Actor, Ledger, Order, Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { creditOrder } from './credit-order';
import { keyDigestOf, type KeyedInput } from './key-digest.rules';
import { judgeLimit, judgeOrdering } from './ordering.rules';
import { priceFor } from './price.rules';
import { noPrice } from './purchase.rules';
import { saleTax } from './sale-tax.rules';
import { taxTotals } from './tax.rules';

/** Passes that somebody wants to buy, and what was shown to the buyer. */
export interface WantedPasses extends AnyCommand {
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  /** The net total that was shown, a decimal; null: whatever it is. */
  expectedTotal: string | null;
  /** The total with tax that was shown; null or missing: whatever it is. */
  expectedGross?: string | null;
  /** The buyer's own number, for the invoice. */
  purchaseOrderNumber?: string | null;
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
  const refusal =
    judgeOrdering({ ...ledger, wallet, quantity, price }) ?? judgePurchaseOrder(command);
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
  const isTooMuch = judgeTotals(command, { netMinor, grossMinor, currency: price.currency });
  const beyond = isTooMuch ?? judgeLimit({ ...ledger, ...ordering }, grossMinor);
  if (beyond) return unchanged(beyond);

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
  }
  const result = { purchaseId: null, orderId: order.id, wallet: posting.wallet(wallet.id) };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}

function judgePurchaseOrder({ purchaseOrderNumber = null }: WantedPasses): Refused | null {
  if (purchaseOrderNumber === null) return null;
  const length = purchaseOrderNumber.trim().length;
  if (length >= 1 && purchaseOrderNumber.length <= 50) return null;
  const message = 'purchaseOrderNumber must be 1 to 50 characters.';
  return refused('VALIDATION_FAILED', message, ['purchaseOrderNumber']);
}

/** The totals that were shown to the buyer. */
function judgeTotals(
  { expectedTotal, expectedGross = null }: WantedPasses,
  { netMinor, grossMinor, currency }: { netMinor: number; grossMinor: number; currency: string },
): Refused | null {
  const shown = [
    ['expectedTotal', expectedTotal, netMinor],
    ['expectedGross', expectedGross, grossMinor],
  ] as const;
  for (const [field, expected, minor] of shown) {
    if (expected === null || parseMinor(expected, currency) === minor) continue;
    const message = 'The total has changed. Check it and confirm again.';
    return refused('PRICE_CHANGED', message, [field]);
  }
  return null;
}
