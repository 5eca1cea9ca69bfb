import type { DataSource } from 'typeorm';
import { AccountScope } from '../../db/account-scope';
import { compareBooks, type Drift } from './verify-books.compare';
import {
  readBookedOrders,
  readBooks,
  readEntries,
  readLaterReversals,
  readMadeRows,
  readUnrecorded,
  type Books,
} from './verify-books.queries';
import { judgeBookedOrder } from './verify-books.orders';
import { BooksSoFar } from './verify-books.rules';

/** Below every id. */
const firstId = '00000000-0000-0000-0000-000000000000';

export interface VerifyOptions {
  /** Called with the number of entries that were read, and the total. */
  onProgress?: (entries: number, of: number) => void;
  /** How many rows are read at a time. */
  pageSize?: number;
}

export interface Verdict {
  /** How many entries were read. */
  entries: number;
  /** The first entry that does not match, or null if all match. */
  drift: Drift | null;
}

/**
 * Recomputes an account's books from its entries: sequences without gaps, the hash chain, every
 * balance, lots, purchases, orders, emergency passes, consumptions and running passes. It may run beside
 * the live service: the tables are read at one instant, and the entries up to there in pages, by
 * key, so that no transaction and no snapshot stays open long.
 */
export async function verifyBooks(
  source: DataSource,
  accountId: string,
  { onProgress = () => {}, pageSize = 5_000 }: VerifyOptions = {},
): Promise<Verdict> {
  const scope = new AccountScope(source, accountId);
  const books = await readBooks(scope);
  if (!books) return { entries: 0, drift: { sequence: 0, what: 'the account has no journal' } };
  const sum = new BooksSoFar(accountId);
  const drift =
    (await followEntries(scope, { books, sum, onProgress, pageSize })) ??
    first([
      ...compareBooks(sum, books),
      ...(await findUnrecorded(scope, { table: 'consumptions', pageSize })),
      ...(await findUnrecorded(scope, { table: 'purchases', pageSize })),
      ...(await findUnrecorded(scope, { table: 'invoices', pageSize })),
      ...(await judgeOrders(scope, pageSize)),
      ...(await findUnreversed(scope, sum)),
    ]);
  return { entries: sum.sequence, drift };
}

/** Reads the entries in order, up to the first that does not match. */
async function followEntries(
  scope: AccountScope,
  work: {
    books: Books;
    sum: BooksSoFar;
  } & Required<VerifyOptions>,
): Promise<Drift | null> {
  const { books, sum, onProgress, pageSize } = work;
  const read = async (after: number) => {
    const page = { after, upTo: books.sequence, limit: pageSize };
    const entries = await readEntries(scope, page);
    return { entries, rows: await readMadeRows(scope, entries) };
  };
  // The next page is requested while this one is processed.
  let coming = read(0);
  while (sum.sequence < books.sequence) {
    const { entries, rows } = await coming;
    const last = entries.at(-1)?.sequence ?? books.sequence;
    coming = last < books.sequence ? read(last) : coming;
    for (const entry of entries) {
      const sequence = sum.sequence + 1;
      const what = entry.sequence === sequence ? sum.take(entry, rows) : 'it is missing';
      if (what) return settle(coming, { sequence, what });
    }
    if (sum.sequence < last) return { sequence: sum.sequence + 1, what: 'it is missing' };
    onProgress(sum.sequence, books.sequence);
  }
  await coming;
  return null;
}

/** Returns the drift when the pending read has ended or failed: nobody needs its result. */
async function settle(coming: Promise<unknown>, drift: Drift): Promise<Drift> {
  await coming.catch(() => {});
  return drift;
}

async function findUnrecorded(
  scope: AccountScope,
  { table, pageSize }: { table: 'consumptions' | 'purchases' | 'invoices'; pageSize: number },
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  let after: string | null = firstId;
  while (after) {
    const page = await readUnrecorded(scope, { table, after, limit: pageSize });
    if (page.unrecorded) {
      const { id, sequence } = page.unrecorded;
      const row = table.slice(0, -1);
      drifts.push({ sequence, what: `it did not record ${row} ${id}, which names it` });
    }
    after = page.lastId;
  }
  return drifts;
}

/** Orders whose rows differ from their entries, payments and documents. */
async function judgeOrders(scope: AccountScope, limit: number): Promise<Drift[]> {
  const drifts: Drift[] = [];
  let after: string | null = firstId;
  while (after) {
    const page = await readBookedOrders(scope, { after, limit });
    for (const booked of page) {
      const what = judgeBookedOrder(booked);
      if (what) drifts.push({ sequence: booked.order.sequence, what });
    }
    after = page.length === limit ? page.at(-1)!.order.id : null;
  }
  return drifts;
}

/**
 * Consumptions marked as reversed without an entry; one that was reversed meanwhile has an entry.
 */
async function findUnreversed(
  scope: AccountScope,
  { sequence, passes: { reversalsAhead } }: BooksSoFar,
): Promise<Drift[]> {
  if (reversalsAhead.size === 0) return [];
  const since = { sequence, consumptionIds: [...reversalsAhead.keys()] };
  const later = await readLaterReversals(scope, since);
  return [...reversalsAhead]
    .filter(([id]) => !later.has(id))
    .map(([id, marked]) => ({
      sequence: marked.sequence,
      what: `consumption ${id} is marked as reversed, but no entry reverses it`,
    }));
}

function first(drifts: readonly Drift[]): Drift | null {
  return drifts.reduce<Drift | null>(
    (least, drift) => (least && least.sequence <= drift.sequence ? least : drift),
    null,
  );
}
