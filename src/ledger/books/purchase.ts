import { parseMinor } from '../../core/money';
import { unchanged, type Decision } from '../model/decision';
import { keyOf, type Actor, type Ledger, type Wallet } from '../model/ledger';
import { refused, type Refused } from '../model/outcome';
import type { AnyCommand, CommandModule } from '../writer/command-module';
import { Posting } from '../writer/posting';
import { credited, creditWallet } from './credit-wallet';
import { keyReused, namedWallet } from './grant';
import { isSameInput, keyDigestOf, type KeyedInput } from './key-digest.rules';
import { judgePurchase, noPrice } from './purchase.rules';
import { priceFor } from './price.rules';

/** Passes are bought, at the list price. */
export interface Purchase extends AnyCommand {
  kind: 'purchase';
  actor: Actor | null;
  /** Null: the account's own wallet. */
  walletId: string | null;
  quantity: number;
  /** The net total that was shown, a decimal; null: whatever it is. */
  expectedTotal: string | null;
  /** The total with tax that was shown; null or missing: whatever it is. */
  expectedGross?: string | null;
  key: string;
  keyInput: KeyedInput;
}

interface Purchased {
  purchaseId: string;
  wallet: Wallet;
}

export const purchase: CommandModule<Purchase, Purchased> = {
  kind: 'purchase',
  needs: ({ walletId, key }) => ({
    wallets: [walletId],
    keyedEntries: [{ kind: 'DayPassesPurchased', key }],
  }),
  decide,
  audit(ledger, _command, changes) {
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

  const done = ledger.keyedEntries.get(keyOf('DayPassesPurchased', command.key));
  if (done) {
    if (!isSameInput(done.keyDigest, wallet, command.keyInput)) return unchanged(keyReused());
    const status = done.commandId === command.id ? 'accepted' : 'replayed';
    return unchanged({ status, result: { purchaseId: done.purchaseId!, wallet } });
  }

  const { quantity } = command;
  const price = priceFor(ledger.prices, { quantity, nowMs: ledger.nowMs });
  const refusal = judgePurchase({ account: ledger.account, wallet, quantity, price });
  if (refusal || !price) return unchanged(refusal ?? noPrice());
  const unitPrice = { minor: price.unitPriceMinor, currency: price.currency };
  const totalMinor = unitPrice.minor * quantity;
  const changed = judgeExpected(command, { totalMinor, currency: price.currency });
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

/** The totals that were shown to the buyer. Without an order there is no tax: both are the same. */
function judgeExpected(
  { expectedTotal, expectedGross = null }: Purchase,
  { totalMinor, currency }: { totalMinor: number; currency: string },
): Refused | null {
  for (const [field, expected] of Object.entries({ expectedTotal, expectedGross })) {
    if (expected === null || parseMinor(expected, currency) === totalMinor) continue;
    const message = 'The total has changed. Check it and confirm again.';
    return refused('PRICE_CHANGED', message, [field]);
  }
  return null;
}
