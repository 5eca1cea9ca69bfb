import type { Changes } from '../model/changes';
import type { Ledger, Lot, Money } from '../model/ledger';
import type { Act } from '../writer/act';
import type { Posting } from '../writer/posting';
import { expectLotToExpire } from './due/lot-expiring';

interface Credit {
  lotId: string;
  walletId: string;
  quantity: number;
  unitPrice: Money | null;
  expiresAtMs: number | null;
}

/**
 * Creates the lot of new passes. Owed passes are paid from it first, oldest first. The caller posts
 * the entry of the lot next; `settled` names the consumptions that were paid.
 */
export function creditWallet(
  ledger: Ledger,
  posting: Posting,
  credit: Credit,
): Lot & { settled: readonly string[] } {
  const settled = (ledger.owed.get(credit.walletId) ?? []).slice(0, credit.quantity);
  for (const consumptionId of settled) posting.changes.settled.set(consumptionId, credit.lotId);
  const lot: Lot = {
    id: credit.lotId,
    walletId: credit.walletId,
    sequence: posting.nextSequence,
    quantity: credit.quantity,
    remaining: credit.quantity - settled.length,
    priority: 0,
    unitPrice: credit.unitPrice,
    expiresAtMs: credit.expiresAtMs,
    createdAtMs: ledger.nowMs,
  };
  posting.changes.lots.set(lot.id, lot);
  expectLotToExpire(posting.changes, lot, ledger.nowMs);
  return { ...lot, settled };
}

/** For the audit trail: the wallet's balance before and after, and the new passes. */
export function credited(
  action: Act['action'],
  { ledger, changes, came }: { ledger: Ledger; changes: Changes; came: object },
): Act | null {
  const [wallet] = [...changes.wallets.values()];
  if (!wallet) return null;
  return {
    action,
    subject: { type: 'DayPassWallet', id: wallet.id },
    before: { balance: ledger.wallets.get(wallet.id)!.balance },
    after: { balance: wallet.balance, ...came },
  };
}
