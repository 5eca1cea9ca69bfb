import { compareBooks } from '../../src/ledger/verify/verify-books.compare';
import { openOf } from '../../src/ledger/model/order.rules';
import { judgeBookedOrder } from '../../src/ledger/verify/verify-books.orders';
import { BooksSoFar } from '../../src/ledger/verify/verify-books.rules';
import { demand } from './broken';
import type { Database } from './database';
import { attemptsOf } from './selling';

/** What `daypass verify` makes of the rows at the end: the chain recomputes, and nothing drifted. */
export function verifyDesk(db: Database): void {
  const sum = new BooksSoFar(db.accountId);
  for (const entry of db.entries) {
    const wrong = sum.take(entry, db);
    demand(wrong === null, 'verify finds nothing', { entry, wrong });
  }
  const { sequence, lastHash } = db.journal;
  const drifts = compareBooks(sum, {
    sequence,
    lastHash,
    wallets: [...db.wallets.values()],
    lots: [...db.openLots.values()].flatMap((lots) => [...lots.values()]),
    owed: [...db.emergencies].flatMap(([consumptionId, row]) =>
      row.settledByLotId === null ? [{ ...row, consumptionId }] : [],
    ),
    passes: [...db.runningPasses.values()],
    series: [...db.series].map(([series, lastNumber]) => ({ series, lastNumber })),
  });
  demand(drifts.length === 0, 'verify finds nothing', drifts);
  const kinds = new Set(['DayPassOrderPaid', 'DayPassOrderCanceled', 'DayPassesPurchased']);
  for (const order of db.orders.values()) {
    const own = db.entries.filter(
      ({ sequence: at, kind, key }) =>
        at === order.sequence || (key === order.id && kinds.has(kind)),
    );
    const wrong = judgeBookedOrder({
      order,
      openMinor: openOf(order),
      attempts: attemptsOf(db, order.id),
      entered: Object.fromEntries(own.map(({ kind, occurredAtMs }) => [kind, occurredAtMs])),
      documents: [...db.invoices.values()].filter(({ orderId }) => orderId === order.id),
    });
    demand(wrong === null, 'verify finds nothing', { order, wrong });
  }
}
