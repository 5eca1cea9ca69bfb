import { unchanged, type Decision } from '../model/decision';
import { keyOf, type KeyedEntry, type Ledger, type Order, type Wallet } from '../model/ledger';
import { refused } from '../model/outcome';
import type { Act } from '../writer/act';
import type { CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { credited, creditWallet } from './credit-wallet';
import { keyReused, namedWallet } from './grant';
import { isSameInput, keyDigestOf } from './key-digest.rules';
import { judgeBuying } from './permission.rules';
import { placeOrder, type WantedPasses } from './place-order';
import { judgeMethod, judgePurchase, judgeTotals, noPrice } from './purchase.rules';
import { priceFor } from './price.rules';

/** Passes are bought, at the list price. */
export interface Purchase extends WantedPasses {
  kind: 'purchase';
}

interface Purchased {
  /** Null if there is an order: the passes may come later. */
  purchaseId: string | null;
  orderId?: string;
  wallet: Wallet;
}

export const purchase: CommandModule<Purchase, Purchased> = {
  kind: 'purchase',
  needs: ({ walletId, key }) => ({
    wallets: [walletId],
    keyedEntries: [
      { kind: 'DayPassesPurchased', key },
      { kind: 'DayPassOrderPlaced', key },
    ],
    ordering: true,
    invoicing: true,
  }),
  decide,
  audit(ledger, _command, changes) {
    const [ordered] = changes.orders.values();
    if (ordered) return placed(ordered);
    const [bought] = changes.purchases;
    if (!bought) return null;
    const { quantity, totalMinor, unitPrice } = bought;
    const came = { quantity, totalMinor, currency: unitPrice.currency };
    return credited('passes.purchased', { ledger, changes, came });
  },
};

/** Passes are bought at the list price of their quantity; the wallet is credited at once. */
function decide(ledger: Ledger, command: Purchase, newId: () => string): Decision<Purchased> {
  const wallet = namedWallet(ledger, command.walletId);
  if (!wallet)
    return unchanged(
      refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', ['walletId']),
    );

  const done =
    ledger.keyedEntries.get(keyOf('DayPassesPurchased', command.key)) ??
    ledger.keyedEntries.get(keyOf('DayPassOrderPlaced', command.key));
  if (done) {
    if (!isSameInput(done.keyDigest, wallet, command.keyInput)) return unchanged(keyReused());
    const status = done.commandId === command.id ? 'accepted' : 'replayed';
    return unchanged({ status, result: answerOf(done, wallet) });
  }
  const buying = judgeBuying(ledger) ?? judgeMethod(ledger.account, command.paymentMethod);
  if (buying) return unchanged(buying);
  if (ledger.account.billingMode === 'BILLED') {
    return placeOrder(ledger, command, { wallet, newId });
  }

  const { quantity } = command;
  const price = priceFor(ledger.prices, { quantity, nowMs: ledger.nowMs });
  const refusal = judgePurchase({ account: ledger.account, wallet, quantity, price });
  if (refusal || !price) return unchanged(refusal ?? noPrice());
  const unitPrice = { minor: price.unitPriceMinor, currency: price.currency };
  const totalMinor = unitPrice.minor * quantity;
  const totals = { netMinor: totalMinor, grossMinor: totalMinor, currency: price.currency };
  const changed = judgeTotals(command, totals);
  if (changed) return unchanged(changed);

  const posting = new Posting(ledger, command, newId);
  const lot = creditWallet(ledger, posting, {
    lotId: newId(),
    walletId: wallet.id,
    quantity,
    unitPrice,
    expiresAtMs: null,
  });
  const purchaseId = newId();
  posting.changes.purchases.push({
    id: purchaseId,
    walletId: wallet.id,
    lotId: lot.id,
    sequence: posting.nextSequence,
    quantity,
    unitPrice,
    totalMinor,
    purchasedBy: command.actor?.kind === 'AGENT' ? command.actor.id : null,
    purchasedAtMs: ledger.nowMs,
    orderId: null,
  });
  posting.post({
    kind: 'DayPassesPurchased',
    walletId: wallet.id,
    actor: command.actor,
    payload: {
      purchaseId,
      lotId: lot.id,
      quantity,
      unitPriceMinor: unitPrice.minor,
      totalMinor,
      currency: unitPrice.currency,
      settled: lot.settled,
    },
    key: command.key,
    keyDigest: keyDigestOf(wallet, command.keyInput),
  });
  const result = { purchaseId, wallet: posting.wallet(wallet.id) };
  return { outcome: { status: 'accepted', result }, changes: posting.changes };
}

function answerOf({ purchaseId, orderId }: KeyedEntry, wallet: Wallet): Purchased {
  return orderId ? { purchaseId: null, orderId, wallet } : { purchaseId, wallet };
}

function placed({ id, walletId, number, quantity, grossMinor, unitPrice }: Order): Act {
  const { currency } = unitPrice;
  return {
    action: 'order.placed',
    subject: { type: 'DayPassOrder', id },
    before: null,
    after: { number, walletId, quantity, grossMinor, currency },
  };
}
