import type { CommandOf, Results } from '../../src/ledger/commands';
import type { Entry } from '../../src/ledger/model/ledger';
import { demand } from './broken';
import type { Database } from './database';
import type { PlainBooks } from './plain-books';
import type { EntryLine } from './plain-entries';
import { takeOrder } from './plain-orders';
import { inputOf, priceFor } from './plain-words';

/** Passes arrive: once per key, at the list price, and what is owed is paid first. */
export function takeCredit(
  books: PlainBooks,
  db: Database,
  command: CommandOf<'grant'> | CommandOf<'purchase'>,
  { line, result }: { line: EntryLine; result: Results['grant'] | Results['purchase'] },
): void {
  const key = `${command.kind} ${command.key}`;
  const answer = 'purchaseId' in result ? `${result.purchaseId} ${result.orderId ?? null}` : '';
  const done = books.done.get(key);
  if (done) {
    demand(done.answer === answer, 'asking again gives the first answer', { done, answer });
    return;
  }
  if (command.kind === 'purchase' && db.account.billingMode === 'BILLED') {
    takeOrder(books, db, command, { line, result: result as Results['purchase'] });
    return;
  }
  const wallet = books.wallet(command.walletId)!;
  const kind = command.kind === 'grant' ? 'DayPassesGranted' : 'DayPassesPurchased';
  const { quantity } = command;
  const entry = line.take(kind, wallet.id, quantity);
  const { payload } = entry;
  const endsAtMs = command.kind === 'grant' ? (command.expiresAtMs ?? Infinity) : Infinity;
  bringLot(books, entry, { walletId: wallet.id, quantity, endsAtMs });
  if (command.kind === 'purchase') {
    const price = priceFor(db.prices, quantity, line.atMs)!;
    const isPriced = payload.unitPriceMinor === price.minor;
    demand(isPriced, 'passes are bought at the list price', { payload, price });
  }
  books.done.set(key, { commandId: command.id, input: inputOf(wallet.id, command), answer });
}

const noticeMs = 7 * 86_400_000;

/** The lot of new passes; what is owed is paid from it. */
export function bringLot(
  books: PlainBooks,
  { payload, sequence, occurredAtMs }: Entry,
  { walletId, quantity, endsAtMs }: { walletId: string; quantity: number; endsAtMs: number },
): void {
  const wallet = books.wallets.get(walletId)!;
  const paid = wallet.owed.splice(0, quantity);
  const isPaid = JSON.stringify(payload.settled) === JSON.stringify(paid);
  demand(isPaid, 'what is owed is paid first, oldest first', { payload, paid });
  const id = String(payload.lotId);
  for (const passId of paid) books.passes.get(passId)!.lotId = id;
  const left = quantity - paid.length;
  wallet.lots.set(id, { id, left, size: quantity, priority: 0, endsAtMs, order: sequence });
  const noticeAtMs = endsAtMs - noticeMs;
  if (noticeAtMs < Infinity && noticeAtMs > occurredAtMs) {
    books.dueItems.set(`LOT_EXPIRING ${id}`, noticeAtMs);
  }
}
