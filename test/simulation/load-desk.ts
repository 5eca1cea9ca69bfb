import type { Command } from '../../src/ledger/commands';
import {
  keyOf,
  type EntryKind,
  type KeyedEntry,
  type Ledger,
  type Lot,
  type ReversibleConsumption,
  type RunningPass,
} from '../../src/ledger/model/ledger';
import { passLengthMaxHours } from '../../src/ledger/model/same-day.rules';
import { accountNowMs, type Database } from './database';

/**
 * What `loadLedger` loads for these commands, and nothing else: a decision that looks further than
 * its statement reaches would be decided on too little here as well.
 */
export function loadDesk(
  db: Database,
  commands: readonly Command[],
  fixedNowMs: number | null = null,
): Ledger {
  const nowMs = Math.max(fixedNowMs ?? accountNowMs(db), db.journal.lastInstantMs);
  const agentIds = new Set(commands.flatMap((one) => ('agentId' in one ? [one.agentId] : [])));
  const reversed = loadReversed(db, commands);
  const endsDue = commands.some(({ kind }) => kind === 'expire' || kind === 'advance-clock');
  const passes = loadPasses(db, agentIds, reversed, endsDue ? nowMs : null);
  const dueLots = endsDue ? oldestDue(db, [...db.openLots.keys()], nowMs) : [];
  const ticketIds = commands.flatMap((one) =>
    'ticketId' in one && one.ticketId ? [one.ticketId] : [],
  );
  const tickets = new Map([...new Set(ticketIds)].flatMap((id) => rowOf(db.tickets, id)));
  const clientIds = new Set([...tickets.values()].map(({ clientId }) => clientId));
  const named = new Set<string | null>([
    ...commands.flatMap((one) => ('walletId' in one ? [one.walletId] : [])),
    ...[...passes.values(), ...dueLots, ...reversed.map((row) => row.consumption)].map(
      (row) => row.walletId,
    ),
  ]);
  const wallets = [...db.wallets.values()].filter(
    ({ id, clientId }) => clientId === null || named.has(id) || clientIds.has(clientId),
  );
  const isAdminAsked = commands.some(({ kind }) => kind === 'change-agent');
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
    account: {
      plan: 'pro',
      billingMode: 'UNBILLED',
      emergencyCeiling: 5,
      closedAtMs: null,
      gateShutsAtMs: null,
    },
    lastPassEndsAtMs: null,
    sequence: db.journal.sequence,
    prices: db.prices.map((price) => ({ ...price, packSize: 1 })),
    agents: new Map([...agentIds].flatMap((id) => rowOf(db.agents, id))),
    admins: new Set(isAdminAsked ? lasting.map(({ id }) => id) : []),
    tickets,
    wallets: new Map(
      wallets.map(({ lastHash: _, ...wallet }) => [wallet.id, Object.freeze(wallet)]),
    ),
    lots: loadLots(
      db,
      wallets.map(({ id }) => id),
      [...dueLots, ...lotsOf(db, reversed)],
      nowMs,
    ),
    owed: loadOwed(
      db,
      wallets.map(({ id }) => id),
    ),
    runningPasses: passes,
    spentConfirmations: loadSpent(db, commands),
    reversible: new Map(reversed.map((row) => [row.consumption.id, row])),
    keys: new Map(
      commands.flatMap((one) => ('apiKeyId' in one ? rowOf(db.keys, one.apiKeyId) : [])),
    ),
    keyedEntries: loadKeyed(db, commands),
    people: null,
  };
}

function rowOf<Row>(table: ReadonlyMap<string, Row>, id: string): [string, Row][] {
  const row = table.get(id);
  return row === undefined ? [] : [[id, row]];
}

function loadReversed(db: Database, commands: readonly Command[]): ReversibleConsumption[] {
  const ids = new Set(
    commands.flatMap((one) => (one.kind === 'reverse' ? [one.consumptionId] : [])),
  );
  return [...ids].flatMap((id) => {
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
  agentIds: ReadonlySet<string>,
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
  walletIds: readonly string[],
  besides: readonly Lot[],
  nowMs: number,
): Map<string, Lot[]> {
  const lots = new Map(besides.map((lot) => [lot.id, lot]));
  for (const walletId of walletIds) {
    for (const lot of oldestDue(db, [walletId], nowMs)) lots.set(lot.id, lot);
    const drawable = [...(db.openLots.get(walletId)?.values() ?? [])].filter(
      ({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > nowMs,
    );
    drawable.sort(byDrawOrder);
    for (const lot of drawable.slice(0, db.bounds.lots)) lots.set(lot.id, lot);
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

function loadSpent(db: Database, commands: readonly Command[]): Ledger['spentConfirmations'] {
  const spent: Ledger['spentConfirmations'] = new Map();
  for (const command of commands) {
    const id = 'confirmationId' in command ? db.spent.get(command.confirmationId) : undefined;
    if (id === undefined) continue;
    const consumption = db.consumptions.get(id)!;
    const { commandId } = db.entries[consumption.sequence - 1]!;
    spent.set(consumption.confirmationId, { consumption, commandId });
  }
  return spent;
}

function loadKeyed(db: Database, commands: readonly Command[]): Ledger['keyedEntries'] {
  const keyed = new Map<string, KeyedEntry>();
  for (const command of commands) {
    if (command.kind !== 'grant' && command.kind !== 'purchase') continue;
    const kind: EntryKind = command.kind === 'grant' ? 'DayPassesGranted' : 'DayPassesPurchased';
    const entry = db.keyed.get(keyOf(kind, command.key));
    if (!entry) continue;
    const { commandId, walletId, keyDigest } = entry;
    const { purchaseId = null } = JSON.parse(entry.payloadText) as { purchaseId?: string };
    const row = { kind, key: command.key, keyDigest: keyDigest!, commandId, walletId, purchaseId };
    keyed.set(keyOf(kind, command.key), row);
  }
  return keyed;
}
