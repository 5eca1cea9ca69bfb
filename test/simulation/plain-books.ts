import { demand } from './broken';
import type { Database } from './database';

/*
 * What the books must contain by the promises, in the simplest form: no running balances, nothing
 * loaded in part, nothing shared with the ledger's own code.
 */

export interface PlainLot {
  id: string;
  left: number;
  size: number;
  priority: number;
  endsAtMs: number;
  /** The number of the entry that brought it. */
  order: number;
}

export interface PlainPass {
  id: string;
  agentId: string;
  walletId: string;
  /** Where it came from, or what paid for it later; null while it is owed. */
  lotId: string | null;
  beginsAtMs: number;
  endsAtMs: number;
  reversedAtMs: number | null;
  /** The answer to the first request, for everybody who repeats it. */
  answer: string;
}

export interface PlainWallet {
  id: string;
  clientId: string | null;
  lots: Map<string, PlainLot>;
  /** Ids of passes that are owed, oldest first. */
  owed: string[];
  allowance: number;
  threshold: number | null;
  frozenAtMs: number | null;
  /** Passes whose lot has ended before they were used. */
  ended: number;
  /** Sum of all deltas so far, and how many entries there were. */
  sum: number;
  entries: number;
}

export interface PlainOrder {
  id: string;
  walletId: string;
  quantity: number;
  unitMinor: number;
  netMinor: number;
  grossMinor: number;
  /** Its tax rate. */
  basisPoints: number;
  /** Days from its invoice until it is due. */
  termsDays: number;
  placedAtMs: number;
  /** By their reference. */
  payments: Map<string, { minor: number; isWithdrawn: boolean }>;
  /** The sum of its credit notes, with tax. */
  notesMinor: number;
  /** Whether payments have once left nothing to pay. */
  wasPaid: boolean;
  /** Null while it waits. */
  end: 'CREDITED' | 'CANCELED' | null;
  invoice: {
    id: string;
    netMinor: number;
    taxMinor: number;
    basisPoints: number;
    /** The sums of its credit notes. */
    creditedNet: number;
    creditedTax: number;
  } | null;
}

export interface PlainAgent {
  id: string;
  name: string;
  type: string;
  status: string;
  role: string;
  timeZone: string;
  sections: readonly string[];
  /** Null: never active yet. */
  activatedAtMs: number | null;
  /** The pass that was neither reversed nor reported as ended. */
  pass: PlainPass | null;
}

export class PlainBooks {
  readonly wallets = new Map<string, PlainWallet>();
  readonly agents = new Map<string, PlainAgent>();
  /** Whose each key is that works. */
  readonly keys = new Map<string, string>();
  readonly passes = new Map<string, PlainPass>();
  /** What was accepted, by kind and key: by which command, and with which input. */
  readonly done = new Map<string, { commandId: string; input: string; answer: string }>();
  /** In the order in which they were placed. */
  readonly orders = new Map<string, PlainOrder>();
  /** The orders, by their invoice's id. */
  readonly invoices = new Map<string, PlainOrder>();
  /** The last number of each series. */
  readonly series = new Map<string, number>();
  /** By kind and subject: when it falls due. */
  readonly dueItems = new Map<string, number>();
  entries = 0;
  lastAtMs = 0;

  constructor(db: Database) {
    for (const { id, clientId, emergencyAllowance, lowBalanceThreshold } of db.wallets.values()) {
      this.wallets.set(id, {
        id,
        clientId,
        lots: new Map(),
        owed: [],
        allowance: emergencyAllowance,
        threshold: lowBalanceThreshold,
        frozenAtMs: null,
        ended: 0,
        sum: 0,
        entries: 0,
      });
    }
    for (const key of db.keys.values()) this.keys.set(key.id, key.agentId!);
    for (const agent of db.agents.values()) this.agents.set(agent.id, { ...agent, pass: null });
  }

  /** The wallet of that id; the account's own for null. */
  wallet(id: string | null): PlainWallet | undefined {
    return id === null ? this.walletOf(null) : this.wallets.get(id);
  }

  walletOf(clientId: string | null): PlainWallet | undefined {
    return [...this.wallets.values()].find((wallet) => wallet.clientId === clientId);
  }

  /** The lot that the next pass must come from. */
  lotToDraw(wallet: PlainWallet, nowMs: number): PlainLot | null {
    let best: PlainLot | null = null;
    for (const lot of wallet.lots.values()) {
      if (lot.left > 0 && lot.endsAtMs > nowMs && (!best || isBefore(lot, best))) best = lot;
    }
    return best;
  }

  /** Active full-time admins: those who always have access to buy. */
  lastingAdmins(): number {
    return [...this.agents.values()].filter(isLasting).length;
  }

  /** Passes and lots whose end has come and was not reported. */
  due(nowMs: number): { passes: number; lots: number } {
    let [passes, lots] = [0, 0];
    for (const { pass } of this.agents.values()) if (pass && pass.endsAtMs <= nowMs) passes += 1;
    for (const wallet of this.wallets.values()) lots += this.dueLots(wallet, nowMs);
    return { passes, lots };
  }

  dueLots(wallet: PlainWallet, nowMs: number): number {
    let count = 0;
    for (const lot of wallet.lots.values()) if (lot.left > 0 && lot.endsAtMs <= nowMs) count += 1;
    return count;
  }

  /** When the next pass or lot ends, or the next item falls due; Infinity if none will. */
  nextDueMs(): number {
    let next = Infinity;
    for (const atMs of this.dueItems.values()) next = Math.min(next, atMs);
    for (const { pass } of this.agents.values()) next = Math.min(next, pass?.endsAtMs ?? Infinity);
    for (const { lots } of this.wallets.values()) {
      for (const lot of lots.values()) if (lot.left > 0) next = Math.min(next, lot.endsAtMs);
    }
    return next;
  }

  /** The books close: the sum of the entries is what exists, and the balance is above its floor. */
  close(wallet: PlainWallet): void {
    const held = [...wallet.lots.values()].reduce((sum, lot) => sum + lot.left, 0);
    const { id, sum, owed } = wallet;
    demand(sum === held - owed.length, 'the books close', { id, sum, held, owed });
    demand(owed.length <= wallet.allowance, 'never below the floor', { id, owed });
  }
}

export function isLasting({ status, type, role }: PlainAgent): boolean {
  return status === 'ACTIVE' && type === 'FULL_TIME' && role === 'ACCOUNT_ADMIN';
}

function isBefore(a: PlainLot, b: PlainLot): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.endsAtMs === b.endsAtMs ? a.order < b.order : a.endsAtMs < b.endsAtMs;
}
