import { kernel } from '../../src/ledger/decide';
import {
  keyOf,
  type KeyedEntry,
  type Ledger,
  type Lot,
  type ReversibleConsumption,
  type RunningPass,
} from '../../src/ledger/model/ledger';
import { needsTogether, type BatchNeeds } from '../../src/ledger/model/needs';
import { passLengthMaxHours } from '../../src/ledger/model/same-day.rules';
import type { Command } from './command';
import { accountNowMs, type Database } from './database';
import { loadSelling, walletsOfSelling } from './selling';

/**
 * What `loadLedger` loads for these commands, and nothing else: a decision that needs more than its
 * statement loads would be decided on too little here as well.
 */
export function loadDesk(
  db: Database,
  commands: readonly Command[],
  fixedNowMs: number | null = null,
): Ledger {
  const needs = needsTogether(commands.map((one) => kernel.moduleOf(one).needs(one)));
  const nowMs = Math.max(fixedNowMs ?? accountNowMs(db), db.journal.lastInstantMs);
  const reversed = loadReversed(db, needs);
  const passes = loadPasses(db, needs.agents, reversed, needs.due ? nowMs : null);
  const dueLots = needs.due ? oldestDue(db, [...db.openLots.keys()], nowMs) : [];
  const tickets = new Map(needs.tickets.flatMap((id) => rowOf(db.tickets, id)));
  const clientIds = new Set([...tickets.values()].map(({ clientId }) => clientId));
  const selling = loadSelling(db, needs, nowMs);
  const named = new Set<string | null>([
    ...needs.wallets,
    ...walletsOfSelling(db, selling),
    ...[...passes.values(), ...dueLots, ...reversed.map((row) => row.consumption)].map(
      (row) => row.walletId,
    ),
  ]);
  const wallets = [...db.wallets.values()].filter(
    ({ id, clientId }) => clientId === null || named.has(id) || clientIds.has(clientId),
  );
  const lasting = [...db.agents.values()].filter(
    ({ status, type, role }) =>
      status === 'ACTIVE' && type === 'FULL_TIME' && role === 'ACCOUNT_ADMIN',
  );
  return {
    accountId: db.accountId,
    nowMs,
    tzdataVersion: 'simulated',
    sandbox: db.sandbox,
    sessionsConsume: true,
    ...selling,
    lastPassEndsAtMs: null,
    isMoreDue: false,
    sequence: db.journal.sequence,
    prices: db.prices.map((price) => ({ ...price, packSize: 1 })),
    agents: new Map(needs.agents.flatMap((id) => rowOf(db.agents, id))),
    admins: new Set(needs.admins ? lasting.map(({ id }) => id) : []),
    tickets,
    wallets: new Map(
      wallets.map(({ lastHash: _, ...wallet }) => [wallet.id, Object.freeze(wallet)]),
    ),
    lots: loadLots(db, {
      walletIds: wallets.map(({ id }) => id),
      besides: [...dueLots, ...lotsOf(db, reversed)],
      passes: needs.passes,
      nowMs,
    }),
    owed: loadOwed(
      db,
      wallets.map(({ id }) => id),
    ),
    runningPasses: passes,
    spentConfirmations: loadSpent(db, needs),
    reversible: new Map(reversed.map((row) => [row.consumption.id, row])),
    keys: new Map(needs.apiKeys.flatMap((id) => rowOf(db.keys, id))),
    keyedEntries: loadKeyed(db, needs),
    people: null,
  };
}

function rowOf<Row>(table: ReadonlyMap<string, Row>, id: string): [string, Row][] {
  const row = table.get(id);
  return row === undefined ? [] : [[id, row]];
}

function loadReversed(db: Database, { reversals }: BatchNeeds): ReversibleConsumption[] {
  return reversals.flatMap((id) => {
    const consumption = db.consumptions.get(id);
    if (!consumption) return [];
    const settledByLotId = db.emergencies.get(id)?.settledByLotId ?? null;
    const { agentId, startsAtMs, expiresAtMs } = consumption;
    const reversedNear = (db.reversedOf.get(agentId) ?? [])
      .map((other) => db.consumptions.get(other)!)
      .filter((other) => other.id !== id && other.startsAtMs < expiresAtMs)
      .filter((other) => other.startsAtMs > startsAtMs - passLengthMaxHours * 3_600_000);
    return [{ consumption, settledByLotId, reversedNear }];
  });
}

function loadPasses(
  db: Database,
  agentIds: readonly string[],
  reversed: readonly ReversibleConsumption[],
  dueAtMs: number | null,
): Map<string, RunningPass> {
  const touched = [...agentIds, ...reversed.map(({ consumption }) => consumption.agentId)];
  const passes = new Map(touched.flatMap((id) => rowOf(db.runningPasses, id)));
  if (dueAtMs === null) return passes;
  const due = [...db.runningPasses.values()].filter((pass) => pass.expiresAtMs <= dueAtMs);
  due.sort((a, b) => a.expiresAtMs - b.expiresAtMs || (a.agentId < b.agentId ? -1 : 1));
  for (const pass of due.slice(0, db.bounds.due)) passes.set(pass.agentId, pass);
  return passes;
}

/** The first lots to have ended, of these wallets together. */
function oldestDue(db: Database, walletIds: readonly string[], nowMs: number): Lot[] {
  const due = walletIds
    .flatMap((id) => [...(db.openLots.get(id)?.values() ?? [])])
    .filter((lot) => lot.expiresAtMs !== null && lot.expiresAtMs <= nowMs);
  due.sort((a, b) => a.expiresAtMs! - b.expiresAtMs! || (a.id < b.id ? -1 : 1));
  return due.slice(0, db.bounds.due);
}

function lotsOf(db: Database, reversed: readonly ReversibleConsumption[]): Lot[] {
  return reversed.flatMap(({ consumption, settledByLotId }) => {
    const lot = db.lots.get(consumption.lotId ?? settledByLotId ?? '');
    return lot ? [lot] : [];
  });
}

function loadLots(
  db: Database,
  asked: { walletIds: readonly string[]; besides: readonly Lot[]; passes: number; nowMs: number },
): Map<string, Lot[]> {
  const { walletIds, besides, passes, nowMs } = asked;
  const lots = new Map(besides.map((lot) => [lot.id, lot]));
  for (const walletId of walletIds) {
    for (const lot of oldestDue(db, [walletId], nowMs)) lots.set(lot.id, lot);
    const drawable = [...(db.openLots.get(walletId)?.values() ?? [])].filter(
      ({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > nowMs,
    );
    drawable.sort(byDrawOrder);
    let missing = passes;
    for (const lot of drawable) {
      if (missing <= 0) break;
      missing -= lot.remaining;
      lots.set(lot.id, lot);
    }
  }
  const groups = new Map<string, Lot[]>();
  for (const lot of [...lots.values()].sort(byDrawOrder)) {
    const group = groups.get(lot.walletId);
    if (group) group.push(lot);
    else groups.set(lot.walletId, [lot]);
  }
  return groups;
}

/** `order by priority, expires_at, sequence`, where no end comes last. */
function byDrawOrder(a: Lot, b: Lot): number {
  if (a.priority !== b.priority) return a.priority - b.priority;
  if (a.expiresAtMs !== b.expiresAtMs) {
    if (a.expiresAtMs === null) return 1;
    if (b.expiresAtMs === null) return -1;
    return a.expiresAtMs - b.expiresAtMs;
  }
  return a.sequence - b.sequence;
}

function loadOwed(db: Database, walletIds: readonly string[]): Map<string, string[]> {
  const open = [...db.emergencies].filter(([, row]) => row.settledByLotId === null);
  open.sort(([, a], [, b]) => a.sequence - b.sequence);
  const owed = new Map<string, string[]>();
  for (const [id, { walletId }] of open) {
    if (walletIds.includes(walletId)) owed.set(walletId, [...(owed.get(walletId) ?? []), id]);
  }
  return owed;
}

function loadSpent(db: Database, { confirmations }: BatchNeeds): Ledger['spentConfirmations'] {
  const spent: Ledger['spentConfirmations'] = new Map();
  for (const confirmationId of confirmations) {
    const id = db.spent.get(confirmationId);
    if (id === undefined) continue;
    const consumption = db.consumptions.get(id)!;
    const { commandId } = db.entries[consumption.sequence - 1]!;
    spent.set(confirmationId, { consumption, commandId });
  }
  return spent;
}

type NamedId = 'purchaseId' | 'invoiceId' | 'orderId';

function loadKeyed(db: Database, { keyedEntries }: BatchNeeds): Ledger['keyedEntries'] {
  const keyed = new Map<string, KeyedEntry>();
  for (const { kind, key } of keyedEntries) {
    const entry = db.keyed.get(keyOf(kind, key));
    if (!entry) continue;
    const { commandId, walletId, keyDigest } = entry;
    const payload = JSON.parse(entry.payloadText) as Partial<Record<NamedId, string>>;
    const { purchaseId = null, invoiceId = null, orderId = null } = payload;
    const named = { purchaseId, invoiceId, orderId };
    const row = { kind, key, keyDigest: keyDigest!, commandId, walletId, ...named };
    keyed.set(keyOf(kind, key), row);
  }
  return keyed;
}
