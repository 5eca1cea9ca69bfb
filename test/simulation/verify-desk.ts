import { compareBooks } from '../../src/ledger/verify/verify-books.compare';
import { BooksSoFar } from '../../src/ledger/verify/verify-books.rules';
import { demand } from './broken';
import type { Database } from './database';

/** What `daypass verify` makes of the rows at the end: the chain recomputes, and nothing drifted. */
export function verifyDesk(db: Database): void {
  const sum = new BooksSoFar(db.accountId);
  for (const entry of db.entries) {
    const wrong = sum.take(entry, { ...db, invoices: new Map(), orders: new Map() });
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
    series: [],
  });
  demand(drifts.length === 0, 'verify finds nothing', drifts);
}
