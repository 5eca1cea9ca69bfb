import type { EntryKind } from './ledger';
import { madeRowOf } from './made-row';
import { genesisHash, hashEntry, type MadeRow } from './seal-entries';
import { payloadOf, type MadeRows, type StoredEntry } from './verify-books.queries';

/** What the entries so far say of a wallet. */
interface WalletSoFar {
  balance: number;
  lastSequence: number;
  lastWalletSequence: number;
  lastHash: string;
}

/** An agent's newest pass, as the entries tell of it. */
interface PassSoFar {
  consumptionId: string;
  walletId: string;
  sequence: number;
  expiresAtMs: number;
  end: 'runs' | 'expired' | 'reversed';
}

/**
 * Goes through an account's entries once, in order, and carries along what they add up to. Pure: it
 * is handed the entries and the rows they made. What it keeps grows with the account's wallets,
 * agents and open lots, not with its entries.
 */
export class BooksSoFar {
  sequence = 0;
  hash: string;
  readonly wallets = new Map<string, WalletSoFar>();
  /** The lots that are not empty, by id. */
  readonly lots = new Map<string, { walletId: string; sequence: number; remaining: number }>();
  /** Emergency passes that are owed, by the consumption's id. */
  readonly owed = new Map<string, { walletId: string; sequence: number }>();
  /** By the agent's id. */
  readonly passes = new Map<string, PassSoFar>();
  /** Consumptions marked as reversed whose reversal was not met yet: the entry that made each. */
  readonly reversalsAhead = new Map<string, number>();

  constructor(private readonly accountId: string) {
    this.hash = genesisHash(accountId);
  }

  /** Takes the next entry in; answers what is wrong with it, or null where it fits. */
  take(entry: StoredEntry, rows: MadeRows): string | null {
    return (
      this.chain(entry, rows) ?? this.count(entry) ?? this.move(entry, rows) ?? this.run(entry, rows)
    );
  }

  private chain(entry: StoredEntry, rows: MadeRows): string | null {
    if (!(entry.kind in madeRowOf)) return `its kind ${entry.kind} is not known to this release`;
    const made = madeBy(entry, rows);
    if (made === undefined) return `the ${madeRowOf[entry.kind]} that it made is not there`;
    if (made && made.sequence !== entry.sequence) {
      return `the ${madeRowOf[entry.kind]} that it made says it is of entry ${made.sequence}`;
    }
    if (hashEntry(this.accountId, this.hash, entry, made) !== entry.hash) {
      const parts = made ? `it or the ${madeRowOf[entry.kind]} that it made` : 'it';
      return `its hash does not fit: ${parts} was changed, or the entry before it`;
    }
    this.sequence = entry.sequence;
    this.hash = entry.hash;
    return null;
  }

  /** The wallet's own numbering and its balance. */
  private count(entry: StoredEntry): string | null {
    const before = this.wallets.get(entry.walletId);
    const number = (before?.lastWalletSequence ?? 0) + 1;
    if (entry.walletSequence !== number) {
      return `it is number ${entry.walletSequence} of its wallet, which should be ${number}`;
    }
    const balance = (before?.balance ?? 0) + entry.delta;
    if (entry.balance !== balance) {
      return `it says the balance is ${entry.balance}, where its wallet's entries add up to ${balance}`;
    }
    this.wallets.set(entry.walletId, {
      balance,
      lastSequence: entry.sequence,
      lastWalletSequence: number,
      lastHash: entry.hash,
    });
    return null;
  }

  /** What it moves between the lots and the debts must be what it says it moves. */
  private move(entry: StoredEntry, rows: MadeRows): string | null {
    const { lotId = '', settled = [] } = payloadOf(entry);
    let moved = 0;
    const draw = (count: number) => {
      const lot = this.lots.get(lotId);
      if (!lot || lot.remaining < count) return false;
      moved -= count;
      if (lot.remaining === count) this.lots.delete(lotId);
      else this.lots.set(lotId, { ...lot, remaining: lot.remaining - count });
      return true;
    };
    const made = madeBy(entry, rows);
    if (made && 'quantity' in made) {
      const { walletId, sequence } = made;
      this.lots.set(made.id, { walletId, sequence, remaining: made.quantity });
      moved += made.quantity;
      for (const id of settled) {
        if (!this.owed.delete(id)) return `it settles ${id}, which is not owed`;
        moved += 1;
      }
      if (settled.length > 0 && !draw(settled.length)) return 'it settles more than it brings';
    } else if (made) {
      const { walletId, sequence } = made;
      if (made.emergency) {
        this.owed.set(made.id, { walletId, sequence });
        moved -= 1;
      } else if (!draw(1)) return `it draws from lot ${lotId}, which is empty`;
    } else if (entry.kind === 'DayPassLotExpired' && !draw(-entry.delta)) {
      return `it ends more passes than lot ${lotId} holds`;
    }
    if (moved === entry.delta) return null;
    return `it says it moves ${entry.delta} passes, where its lots move by ${moved}`;
  }

  /** One pass at a time for an agent, and each has one end. */
  private run(entry: StoredEntry, rows: MadeRows): string | null {
    const { agentId, consumptionId } = entry;
    if (!agentId || !consumptionId) return null;
    const last = this.passes.get(agentId);
    if (entry.kind === 'DayPassExpired') {
      if (last?.consumptionId !== consumptionId || last.end !== 'runs') {
        return 'it ends a pass that is not running';
      }
      if (entry.occurredAtMs < last.expiresAtMs) return 'it ends a pass before its time';
      this.passes.set(agentId, { ...last, end: 'expired' });
      return null;
    }
    const row = rows.consumptions.get(consumptionId);
    if (entry.kind !== 'DayPassConsumed' || !row) return null;
    if (last && last.end !== 'reversed') {
      const overlaps = last.end === 'runs' || row.startsAtMs < last.expiresAtMs;
      if (overlaps) return `its pass overlaps the agent's pass of entry ${last.sequence}`;
    }
    const { walletId, sequence, expiresAtMs } = row;
    this.passes.set(agentId, { consumptionId, walletId, sequence, expiresAtMs, end: 'runs' });
    if (row.reversedAtMs !== null) this.reversalsAhead.set(row.id, sequence);
    return null;
  }
}

/** The row that an entry made: null where its kind makes none, undefined where it is gone. */
function madeBy(entry: StoredEntry, rows: MadeRows): MadeRow | undefined {
  switch (madeRowOf[entry.kind as EntryKind]) {
    case 'consumption':
      return rows.consumptions.get(entry.consumptionId ?? '');
    case 'lot':
      return rows.lots.get(payloadOf(entry).lotId ?? '');
    case null:
      return null;
  }
}
