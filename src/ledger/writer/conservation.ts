import type { Changes } from '../model/changes';
import type { Ledger } from '../model/ledger';

/** The balance of one wallet, and the passes in its lots minus those that are owed. */
interface Holding {
  balance: number;
  passes: number;
}

/**
 * Checks that a decision neither creates nor loses passes. Call it before the changes of the decision
 * are applied, and call the function that it returns afterwards. That function throws if, in a wallet
 * of the changes, the balance or the passes did not change by the sum of the entries, or if a lot is
 * below zero or above its size. Tests and the simulation always check. A service checks if
 * DAYPASS_ASSERT_CONSERVATION is true.
 */
export function watchConservation(ledger: Ledger, changes: Changes): () => void {
  const rows = [...changes.entries, ...changes.lots.values(), ...changes.owed];
  const walletIds = new Set([...changes.wallets.keys(), ...rows.map(({ walletId }) => walletId)]);
  const before = new Map([...walletIds].map((id) => [id, holdingOf(ledger, id)]));
  return () => {
    for (const [id, holding] of before) {
      const entered = changes.entries
        .filter(({ walletId }) => walletId === id)
        .reduce((sum, { delta }) => sum + delta, 0);
      assertMoved(id, { before: holding, after: holdingOf(ledger, id), entered });
      assertLotsFit(ledger, id);
    }
  };
}

function holdingOf(ledger: Ledger, walletId: string): Holding {
  const wallet = ledger.wallets.get(walletId);
  if (!wallet) throw new Error(`Wallet ${walletId} changes and is not loaded.`);
  const lots = ledger.lots.get(walletId) ?? [];
  const owed = ledger.owed.get(walletId) ?? [];
  const inLots = lots.reduce((sum, { remaining }) => sum + remaining, 0);
  return { balance: wallet.balance, passes: inLots - owed.length };
}

function assertMoved(
  walletId: string,
  { before, after, entered }: { before: Holding; after: Holding; entered: number },
): void {
  const balance = after.balance - before.balance;
  const passes = after.passes - before.passes;
  if (balance === entered && passes === entered) return;
  throw new Error(
    `Passes of wallet ${walletId} are not conserved: its entries move ${entered}, its balance ` +
      `moved by ${balance}, and its lots and what it owes by ${passes}.`,
  );
}

function assertLotsFit(ledger: Ledger, walletId: string): void {
  for (const { id, remaining, quantity } of ledger.lots.get(walletId) ?? []) {
    if (remaining >= 0 && remaining <= quantity) continue;
    throw new Error(`Lot ${id} holds ${remaining} passes, and is of ${quantity}.`);
  }
}
