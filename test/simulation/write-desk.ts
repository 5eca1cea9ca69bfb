import { keyOf, type Consumption, type Ledger, type Lot } from '../../src/ledger/model/ledger';
import type { Changes } from '../../src/ledger/model/changes';
import type { SealedEntry } from '../../src/ledger/writer/seal-entries';
import { demand } from './broken';
import type { Database } from './database';
import { writeInvoices, writeSelling } from './selling';

/** What `changeStatements` write, in their order; breaks if the database's constraints would refuse. */
export function writeDesk(
  db: Database,
  ledger: Ledger,
  { changes, entries }: { changes: Changes; entries: readonly SealedEntry[] },
): void {
  for (const [agentId, pass] of changes.runningPasses) if (!pass) db.runningPasses.delete(agentId);
  for (const id of changes.forgiven) db.emergencies.delete(id);
  for (const agent of changes.agents.values()) db.agents.set(agent.id, Object.freeze(agent));
  for (const key of changes.keys.values()) db.keys.set(key.id, Object.freeze(key));
  for (const lot of changes.lots.values()) putLot(db, lot);
  for (const [id, lotId] of changes.settled) {
    const row = db.emergencies.get(id);
    if (row) db.emergencies.set(id, { ...row, settledByLotId: lotId });
  }
  writeSelling(db, changes);
  for (const purchase of changes.purchases) {
    const { unitPrice, quantity, totalMinor, lotId, orderId } = purchase;
    if (orderId !== null) {
      demand(db.orders.has(orderId), 'purchases_order_fkey');
      const others = [...db.purchases.values()].filter((other) => other.orderId === orderId);
      demand(others.length === 0, 'purchases_order_key');
    }
    demand(totalMinor === unitPrice.minor * quantity, 'purchases_total_check');
    demand(db.lots.has(lotId), 'purchases_lot_fkey');
    db.purchases.set(purchase.id, Object.freeze(purchase));
  }
  writeInvoices(db, changes);
  for (const consumption of changes.consumptions) insertConsumption(db, consumption);
  for (const [id, atMs] of changes.reversals) markReversed(db, id, atMs);
  for (const { id, walletId, sequence } of changes.owed) {
    const settledByLotId = changes.settled.get(id) ?? null;
    db.emergencies.set(id, { walletId, sequence, settledByLotId });
  }
  for (const [agentId, pass] of changes.runningPasses) {
    if (pass) db.runningPasses.set(agentId, Object.freeze(pass));
  }
  for (const entry of entries) insertEntry(db, entry);
  writeWallets(db, changes, entries);
  const last = entries.at(-1);
  if (last) {
    const { sequence, hash } = last;
    db.journal = { sequence, lastInstantMs: ledger.nowMs, lastHash: hash };
  }
}

function putLot(db: Database, lot: Lot): void {
  const before = db.lots.get(lot.id);
  demand(lot.remaining >= 0 && lot.remaining <= lot.quantity, 'lots_remaining_check', lot);
  demand(lot.quantity >= 1 && lot.quantity <= 1_000_000, 'lots_quantity_check', lot);
  // On conflict the statement sets what remains, and nothing else.
  const row = Object.freeze(before ? { ...before, remaining: lot.remaining } : lot);
  db.lots.set(row.id, row);
  let open = db.openLots.get(row.walletId);
  if (!open) db.openLots.set(row.walletId, (open = new Map()));
  if (row.remaining > 0) open.set(row.id, row);
  else open.delete(row.id);
}

function insertConsumption(db: Database, row: Consumption): void {
  const lengthMs = row.expiresAtMs - row.startsAtMs;
  demand(!db.spent.has(row.confirmationId), 'consumptions_confirmation_key', row);
  demand(lengthMs > 0 && lengthMs <= 26 * 3_600_000, 'consumptions_length_check', row);
  demand((row.lotId === null) === row.emergency, 'consumptions_lot_check', row);
  demand(row.lotId === null || db.lots.has(row.lotId), 'consumptions_lot_fkey', row);
  demand(row.ticketId === null || db.tickets.has(row.ticketId), 'consumptions_ticket_fkey', row);
  demand(db.agents.has(row.agentId), 'consumptions_agent_fkey', row);
  const isByKey = row.source === 'API_KEY';
  demand((row.consent === null) === isByKey, 'consumptions_consent_check', row);
  db.consumptions.set(row.id, Object.freeze(row));
  db.spent.set(row.confirmationId, row.id);
}

function markReversed(db: Database, id: string, reversedAtMs: number): void {
  const row = db.consumptions.get(id)!;
  demand(row.reversedAtMs === null, 'a consumption is reversed once', row);
  db.consumptions.set(id, Object.freeze({ ...row, reversedAtMs }));
  db.reversedOf.set(row.agentId, [...(db.reversedOf.get(row.agentId) ?? []), id]);
}

function insertEntry(db: Database, entry: SealedEntry): void {
  demand(entry.sequence === db.entries.length + 1, 'journal_entries_pkey', entry);
  db.entries.push(Object.freeze(entry));
  if (entry.key === null) return;
  const key = keyOf(entry.kind, entry.key);
  demand(!db.keyed.has(key), 'journal_entries_key_key', entry);
  db.keyed.set(key, entry);
}

function writeWallets(db: Database, changes: Changes, entries: readonly SealedEntry[]): void {
  const first = entries[0]?.sequence ?? 0;
  for (const wallet of changes.wallets.values()) {
    const { balance, emergencyAllowance } = wallet;
    demand(balance >= -emergencyAllowance, 'wallets_balance_floor_check', wallet);
    demand(balance <= 1_000_000_000, 'wallets_balance_ceiling_check', wallet);
    const hash = first > 0 ? entries[wallet.lastSequence - first]?.hash : undefined;
    const lastHash = hash ?? db.wallets.get(wallet.id)!.lastHash;
    db.wallets.set(wallet.id, Object.freeze({ ...wallet, lastHash }));
  }
}
