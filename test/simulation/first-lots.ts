import type { Grant } from '../../src/ledger/books/grant';
import { foldBatch } from '../../src/ledger/decide';
import { sealBatch } from '../../src/ledger/writer/seal-batch';
import { operatorActor } from '../../src/operator/operator';
import { accountNowMs, type Database } from './database';
import { loadDesk } from './load-desk';
import { takeBatch } from './plain-batch';
import type { PlainBooks } from './plain-books';
import type { Random } from './random';
import { writeDesk } from './write-desk';

/**
 * Lots to begin with, of several priorities. No command sets one yet, so it is set here between the
 * decision and the seal, as a later release's grant will.
 */
export function bringFirstLots(
  db: Database,
  books: PlainBooks,
  { random, newId }: { random: Random; newId: () => string },
): void {
  const nowMs = accountNowMs(db);
  const commands = [...db.wallets.keys()].flatMap((walletId) =>
    Array.from({ length: random.between(0, 4) }, () =>
      firstGrant(random, walletId, nowMs, newId()),
    ),
  );
  const { ledger, changes, settled } = foldBatch(loadDesk(db, commands), commands, newId);
  for (const [id, lot] of changes.lots) {
    changes.lots.set(id, { ...lot, priority: random.pick([0, 0, 1, 2, -1]) });
  }
  const entries = sealBatch(db.accountId, db.journal.lastHash, changes);
  writeDesk(db, ledger, { changes, entries });
  takeBatch(books, db, { nowMs: ledger.nowMs, commands, settled, entries });
  for (const { id, walletId, priority } of db.lots.values()) {
    books.wallets.get(walletId)!.lots.get(id)!.priority = priority;
  }
}

function firstGrant(random: Random, walletId: string, nowMs: number, id: string): Grant {
  const lifeMs = random.pick([null, 3_600_000, 86_400_000, random.between(1, 40) * 3_600_000]);
  const expiresAtMs = lifeMs === null ? null : nowMs + lifeMs;
  const quantity = random.between(1, 4);
  const command = { kind: 'grant' as const, actor: operatorActor, walletId, quantity, expiresAtMs };
  return {
    ...command,
    id,
    reason: 'To begin with',
    key: `first ${id}`,
    keyInput: { meant: [id], written: [id] },
  };
}
