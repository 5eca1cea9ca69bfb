import type { StoredEntry } from '../rows/entry';
import { entryKinds, isEntryKind } from '../entries/entry-kinds';
import { genesisHash, hashEntry, type MadeRow } from '../writer/seal-entries';
import { readPayload, type EntryPayload } from './entry-payload';
import { InvoicesSoFar } from './verify-books.invoices';
import { LotsSoFar } from './verify-books.lots';
import { judgeOrderEntry } from './verify-books.orders';
import { PassesSoFar } from './verify-books.passes';
import { judgePaid } from './verify-books.paid';
import { judgePurchase } from './verify-books.purchases';
import type { MadeRows } from './verify-books.queries';

/** What the entries so far say of a wallet. */
interface WalletSoFar {
  balance: number;
  lastSequence: number;
  lastWalletSequence: number;
  lastHash: string;
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
  readonly lots = new LotsSoFar();
  readonly passes = new PassesSoFar();
  readonly invoices = new InvoicesSoFar();

  constructor(private readonly accountId: string) {
    this.hash = genesisHash(accountId);
  }

  /** Adds the next entry. Returns what is wrong with it, or null if it matches. */
  take(entry: StoredEntry, rows: MadeRows): string | null {
    if (!isEntryKind(entry.kind)) return `this release does not know its kind ${entry.kind}`;
    const payload = readPayload(entry.payloadText);
    const made = madeBy(entry, payload, rows);
    if (made === undefined) return `the ${entryKinds[entry.kind].makes} of this entry is missing`;
    return (
      this.chain(entry, made) ??
      this.count(entry) ??
      judgePurchase(entry, payload, rows) ??
      judgePaid(entry, payload, rows) ??
      judgeOrderEntry(entry, payload, rows) ??
      this.lots.move(entry, payload, made) ??
      this.invoices.add(entry, payload, made) ??
      this.follow(entry, made)
    );
  }

  private chain(entry: StoredEntry, made: MadeRow): string | null {
    const row = entryKinds[entry.kind].makes;
    if (made && made.sequence !== entry.sequence) {
      return `its ${row} names entry ${made.sequence} instead`;
    }
    if (hashEntry(this.accountId, this.hash, entry, made) !== entry.hash) {
      const what = made ? `it or its ${row}` : 'it';
      return `its hash does not match: ${what} was changed, or the hash before it`;
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
      return `it is number ${entry.walletSequence} of its wallet, but should be number ${number}`;
    }
    const balance = (before?.balance ?? 0) + entry.delta;
    if (entry.balance !== balance) {
      return `it has the balance ${entry.balance}, but the entries add up to ${balance}`;
    }
    this.wallets.set(entry.walletId, {
      balance,
      lastSequence: entry.sequence,
      lastWalletSequence: number,
      lastHash: entry.hash,
    });
    return null;
  }

  private follow(entry: StoredEntry, made: MadeRow): string | null {
    if (made && 'agentId' in made) return this.passes.begin(made);
    if (entry.kind === 'DayPassExpired') return this.passes.expire(entry);
    if (entry.kind === 'DayPassReversed') return this.passes.reverse(entry);
    return null;
  }
}

/** The row that an entry made: null if its kind makes none, undefined if it is missing. */
function madeBy(
  entry: StoredEntry,
  { lotId, invoiceId, orderId }: EntryPayload,
  rows: MadeRows,
): MadeRow | undefined {
  switch (entryKinds[entry.kind].makes) {
    case 'consumption':
      return rows.consumptions.get(entry.consumptionId ?? '');
    case 'lot':
      return rows.lots.get(lotId ?? '');
    case 'invoice':
      return rows.invoices.get(invoiceId ?? '');
    case 'order':
      return rows.orders.get(orderId ?? '');
    case null:
      return null;
  }
}
