import { demand } from './broken';
import type { PlainBooks } from './plain-books';
import { keptOf, plainOwed } from './plain-orders';

/**
 * What the money and the passes of a whole life come to: what was received and kept is what was
 * invoiced, less what was credited, plus what is the buyer's, less what is still owed; and every pass
 * that came was used, is left, or has ended.
 */
export function demandSums(books: PlainBooks): void {
  const orders = [...books.orders.values()];
  const sum = (of: (order: (typeof orders)[number]) => number) =>
    orders.reduce((total, order) => total + of(order), 0);
  const kept = sum(keptOf);
  const invoiced = sum(({ end, grossMinor }) => (end === 'CREDITED' ? grossMinor : 0));
  const credited = sum(({ notesMinor }) => notesMinor);
  const unspent = sum((order) =>
    order.end === 'CREDITED'
      ? Math.max(0, keptOf(order) - (order.grossMinor - order.notesMinor))
      : keptOf(order),
  );
  const owed = sum(plainOwed);
  const isEqual = kept === invoiced - credited + unspent - owed;
  demand(isEqual, 'the money of all orders adds up', { kept, invoiced, credited, unspent, owed });
  for (const wallet of books.wallets.values()) {
    const lots = [...wallet.lots.values()];
    const used = [...books.passes.values()].filter(
      ({ walletId, reversedAtMs, lotId }) =>
        walletId === wallet.id && reversedAtMs === null && lotId !== null,
    ).length;
    const came = lots.reduce((total, { size }) => total + size, 0);
    const left = lots.reduce((total, lot) => total + lot.left, 0);
    const balances = came === used + left + wallet.ended;
    demand(balances, 'every pass that came was used, is left or ended', { came, used, left });
  }
}
