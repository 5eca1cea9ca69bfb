import type { BookedWallet, Books } from './verify-books.queries';
import type { BooksSoFar } from './verify-books.rules';

/** A difference in the books, and the first entry that shows it. */
export interface Drift {
  sequence: number;
  what: string;
}

/** Compares the sum of all entries with the tables; returns all differences. */
export function compareBooks(sum: BooksSoFar, books: Books): Drift[] {
  const journal =
    sum.hash === books.lastHash
      ? []
      : [{ sequence: books.sequence, what: 'its hash is not the one at the end of the journal' }];
  const held = tally(books.lots, (lot) => lot.remaining);
  const owed = tally(books.owed, () => 1);
  const compareOne = (wallet: BookedWallet) =>
    compareWallet(sum, wallet, { held: held.get(wallet.id) ?? 0, owed: owed.get(wallet.id) ?? 0 });
  return [
    ...journal,
    ...books.wallets.flatMap(compareOne),
    ...compareLots(sum, books),
    ...compareOwed(sum, books),
    ...comparePasses(sum, books),
    ...compareSeries(sum, books),
  ];
}

function compareWallet(
  sum: BooksSoFar,
  wallet: BookedWallet,
  { held, owed }: { held: number; owed: number },
): Drift[] {
  const counted = sum.wallets.get(wallet.id);
  const sequence = counted?.lastSequence ?? 0;
  const drift = (what: string) => [{ sequence, what: `wallet ${wallet.id} ${what}` }];
  const balance = counted?.balance ?? 0;
  if (wallet.balance !== balance) {
    return drift(`holds ${wallet.balance}, but its entries add up to ${balance}`);
  }
  if (wallet.balance !== held - owed) {
    return drift(`holds ${wallet.balance}, but its lots hold ${held} and ${owed} are owed`);
  }
  if (!counted) return wallet.lastSequence === 0 ? [] : drift('names a last entry, but has none');
  const isAtItsEnd =
    wallet.lastSequence === counted.lastSequence &&
    wallet.lastWalletSequence === counted.lastWalletSequence &&
    wallet.lastHash === counted.lastHash;
  return isAtItsEnd ? [] : drift('does not name its last entry');
}

function compareLots(sum: BooksSoFar, books: Books): Drift[] {
  const drifts: Drift[] = [];
  const booked = new Map(books.lots.map((lot) => [lot.id, lot]));
  for (const { id, sequence, remaining } of books.lots) {
    const counted = sum.lots.lots.get(id)?.remaining ?? 0;
    if (counted !== remaining) {
      const what = `lot ${id} holds ${remaining}, but the entries leave ${counted}`;
      drifts.push({ sequence, what });
    }
  }
  for (const [id, { sequence, remaining }] of sum.lots.lots) {
    if (booked.has(id)) continue;
    drifts.push({ sequence, what: `lot ${id} is empty, but the entries leave ${remaining}` });
  }
  return drifts;
}

function compareOwed(sum: BooksSoFar, books: Books): Drift[] {
  const booked = new Set(books.owed.map(({ consumptionId }) => consumptionId));
  const astray = books.owed.filter(({ consumptionId }) => !sum.lots.owed.has(consumptionId));
  const forgotten = [...sum.lots.owed].filter(([id]) => !booked.has(id));
  return [
    ...astray.map(({ consumptionId, sequence }) => ({
      sequence,
      what: `emergency pass ${consumptionId} is recorded as owed, but is not`,
    })),
    ...forgotten.map(([id, { sequence }]) => ({
      sequence,
      what: `emergency pass ${id} is owed, but is not recorded as owed`,
    })),
  ];
}

function comparePasses(sum: BooksSoFar, books: Books): Drift[] {
  const booked = new Map(books.passes.map((pass) => [pass.agentId, pass]));
  const drifts: Drift[] = [];
  for (const [agentId, pass] of sum.passes.newest) {
    const row = booked.get(agentId);
    booked.delete(agentId);
    const { sequence } = pass;
    if (pass.end !== 'runs') {
      if (row)
        drifts.push({
          sequence,
          what: `agent ${agentId}'s pass is recorded as active, but has ended`,
        });
      continue;
    }
    const isSame =
      row?.consumptionId === pass.consumptionId &&
      row.walletId === pass.walletId &&
      row.expiresAtMs === pass.expiresAtMs;
    if (!isSame)
      drifts.push({ sequence, what: `agent ${agentId}'s active pass differs from its entry` });
  }
  for (const agentId of booked.keys()) {
    drifts.push({
      sequence: 0,
      what: `agent ${agentId}'s pass is recorded as active, but has no entry`,
    });
  }
  return drifts;
}

/** A series that is ahead of its last document would leave a hole. */
function compareSeries({ invoices, sequence }: BooksSoFar, books: Books): Drift[] {
  const stored = new Map(books.series.map(({ series, lastNumber }) => [series, lastNumber]));
  return [...new Set([...stored.keys(), ...invoices.series.keys()])]
    .filter((series) => stored.get(series) !== invoices.series.get(series))
    .map((series) => ({
      sequence,
      what: `series ${series} is at ${stored.get(series) ?? 0}, but its last document is ${invoices.series.get(series) ?? 0}`,
    }));
}

/** Adds up by wallet. */
function tally<Row extends { walletId: string }>(
  rows: readonly Row[],
  countOf: (row: Row) => number,
): Map<string, number> {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row.walletId, (totals.get(row.walletId) ?? 0) + countOf(row));
  return totals;
}
