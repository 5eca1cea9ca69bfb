import { parseMinor } from '../../core/money';
import { refused, type Purchase, type Refused } from '../commands';
import { creditWallet } from './credit-wallet';
import { judgeQuantity, keyReused, namedWallet } from './decide-grant';
import { unchanged, type Decision } from '../writer/decision';
import { isSameInput, keyDigestOf } from './key-digest.rules';
import { keyOf, type Ledger } from '../model/ledger';
import { judgeBuying } from './permission.rules';
import { Posting } from '../writer/posting';
import { priceFor } from './price.rules';

/** Passes are bought at the list price of their quantity; the wallet is credited at once. */
export function decidePurchase(ledger: Ledger, command: Purchase, newId: () => string): Decision {
  const wallet = namedWallet(ledger, command.walletId);
  if (!wallet)
    return unchanged(
      refused('NOT_FOUND', 'The account has no wallet with this id. Check the id.', ['walletId']),
    );

  const done = ledger.keyedEntries.get(keyOf('DayPassesPurchased', command.key));
  if (done) {
    if (!isSameInput(done.keyDigest, wallet, command.keyInput)) return unchanged(keyReused());
    const status = done.commandId === command.id ? 'accepted' : 'replayed';
    return unchanged({ status, result: { purchaseId: done.purchaseId!, wallet } });
  }

  const { quantity } = command;
  const refusal = judgeBuying(ledger) ?? judgeQuantity(wallet, quantity);
  if (refusal) return unchanged(refusal);
  const price = priceFor(ledger.prices, { quantity, nowMs: ledger.nowMs });
  if (!price) {
    return unchanged(
      refused(
        'VALIDATION_FAILED',
        'No price applies to this quantity. Read dayPassPrices for the quantities that have one.',
        ['quantity'],
      ),
    );
  }
  const wrongPack = judgePacks(quantity, price.packSize);
  if (wrongPack) return unchanged(wrongPack);
  const unitPrice = { minor: price.unitPriceMinor, currency: price.currency };
  const totalMinor = unitPrice.minor * quantity;
  const { expectedTotal } = command;
  if (expectedTotal !== null && parseMinor(expectedTotal, unitPrice.currency) !== totalMinor) {
    return unchanged(
      refused('PRICE_CHANGED', 'The total has changed. Check it and confirm again.', [
        'expectedTotal',
      ]),
    );
  }

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
  });
  posting.post({
    kind: 'DayPassesPurchased',
    walletId: wallet.id,
    delta: quantity,
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

/** Passes of some prices come in packs only. */
function judgePacks(quantity: number, packSize: number): Refused | null {
  if (quantity % packSize === 0) return null;
  const next = Math.ceil(quantity / packSize) * packSize;
  const message = `quantity must be a multiple of ${packSize}. The nearest are ${next} and ${next + packSize}.`;
  return refused('QUANTITY_OUT_OF_RANGE', message, ['quantity']);
}
