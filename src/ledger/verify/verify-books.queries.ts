import { isId } from '../../core/ids';
import type { AccountScope } from '../../db/account-scope';
import type { Fields, RowCodec, RowOf } from '../rows/codec';
import { consumptionRow, type Consumption } from '../rows/consumption';
import { entryRow, type StoredEntry } from '../rows/entry';
import { invoiceRow, invoiceSeriesRow, type Invoice } from '../rows/invoice';
import { attemptRow, orderRow, type Order, type PaymentAttempt } from '../rows/order';
import { list, ms } from '../rows/load-sql';
import { lotRow, type Lot } from '../rows/lot';
import { entryKinds, isEntryKind } from '../entries/entry-kinds';
import { emergencyPassRow, runningPassRow } from '../rows/pass';
import { purchaseRow, type Purchase } from '../rows/purchase';
import { storedWalletRow } from '../rows/wallet';
import { readPayload } from './entry-payload';

const bookedWallet = storedWalletRow.only(
  ...(['id', 'balance', 'lastSequence', 'lastWalletSequence', 'lastHash'] as const),
);
const bookedLot = lotRow.only('id', 'walletId', 'sequence', 'remaining');
const bookedDebt = emergencyPassRow.without('settledByLotId');

type EmergencyPass = RowOf<typeof emergencyPassRow>;
export type BookedWallet = RowOf<typeof bookedWallet>;

/** What an account's tables say at one instant, to be compared with what its entries add up to. */
export interface Books {
  /** The journal's last number: entries beyond it do not matter here. */
  sequence: number;
  lastHash: string;
  wallets: BookedWallet[];
  /** The lots that are not empty. */
  lots: RowOf<typeof bookedLot>[];
  owed: RowOf<typeof bookedDebt>[];
  passes: RowOf<typeof runningPassRow>[];
  series: RowOf<typeof invoiceSeriesRow>[];
}

/** The rows that entries made or ended, by id. */
export interface MadeRows {
  consumptions: ReadonlyMap<string, Consumption>;
  lots: ReadonlyMap<string, Lot>;
  purchases: ReadonlyMap<string, Purchase>;
  invoices: ReadonlyMap<string, Invoice>;
  orders: ReadonlyMap<string, Order>;
  /** Emergency passes that the entries settled, by the consumption's id. */
  emergencies: ReadonlyMap<string, Pick<EmergencyPass, 'settledByLotId'>>;
}

/** An order with everything that refers to it, read at one instant. */
export interface BookedOrder {
  order: Order;
  /** What the database computes to be open. */
  openMinor: number;
  attempts: readonly PaymentAttempt[];
  /** The instants of its entries, by their kind. */
  entered: Readonly<Record<string, number>>;
  /** Its invoice and its credit notes. */
  documents: readonly { kind: 'INVOICE' | 'CREDIT_NOTE'; netMinor: number; taxMinor: number }[];
}

const booksStatement = `
  select sequence, encode(last_hash, 'hex') as "lastHash",
    ${list(bookedWallet.pairs('wallet'), 'wallets wallet where account_id = $1')} as wallets,
    ${list(bookedLot.pairs('lot'), 'lots lot where account_id = $1 and remaining > 0')} as lots,
    ${list(
      bookedDebt.pairs('owed'),
      'emergency_passes owed where account_id = $1 and settled_by_lot_id is null',
    )} as owed,
    ${list(runningPassRow.pairs('pass'), 'running_passes pass where account_id = $1')} as passes,
    ${list(invoiceSeriesRow.pairs('one'), 'invoice_series one where account_id = $1')} as series
  from journals where account_id = $1`;

/** All of it in one statement, so that it is of one instant; null if there is no journal. */
export async function readBooks(scope: AccountScope): Promise<Books | null> {
  const [books] = await scope.query<Books>(booksStatement);
  return books ?? null;
}

const entriesStatement = `
  select ${entryRow.select('entry')} from journal_entries entry
  where account_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`;

/** The next `limit` entries after `after`, in order, none beyond `upTo`. */
export function readEntries(
  scope: AccountScope,
  page: { after: number; upTo: number; limit: number },
): Promise<StoredEntry[]> {
  return scope.query<StoredEntry>(entriesStatement, [page.after, page.upTo, page.limit]);
}

/** The consumptions, lots and purchases that the entries name as theirs; missing ones are left out. */
export async function readMadeRows(
  scope: AccountScope,
  entries: readonly StoredEntry[],
): Promise<MadeRows> {
  const consumptionIds = entries.flatMap(({ kind, consumptionId }) =>
    isEntryKind(kind) && entryKinds[kind].makes === 'consumption' && consumptionId
      ? [consumptionId]
      : [],
  );
  const credits = entries
    .filter(({ kind }) => isEntryKind(kind) && entryKinds[kind].makes === 'lot')
    .map(({ payloadText }) => readPayload(payloadText));
  const lotIds = credits.map(({ lotId }) => lotId);
  const purchaseIds = credits.map(({ purchaseId }) => purchaseId);
  const invoiceIds = entries
    .filter(({ kind }) => kind === 'InvoiceIssued')
    .map(({ payloadText }) => readPayload(payloadText).invoiceId);
  const orderIds = entries
    .filter(({ payloadText }) => payloadText.includes('"orderId"'))
    .map(({ payloadText }) => readPayload(payloadText).orderId);
  const settledIds = entries
    .filter(({ payloadText }) => payloadText.includes('"settled"'))
    .flatMap(({ payloadText }) => readPayload(payloadText).settled ?? []);
  return {
    consumptions: await readByIds(scope, consumptionRow, consumptionIds),
    lots: await readByIds(scope, lotRow, lotIds),
    purchases: await readByIds(scope, purchaseRow, purchaseIds),
    orders: orderIds.length > 0 ? await readByIds(scope, orderRow, orderIds) : new Map(),
    invoices: invoiceIds.length > 0 ? await readByIds(scope, invoiceRow, invoiceIds) : new Map(),
    emergencies: settledIds.length > 0 ? await readEmergencies(scope, settledIds) : new Map(),
  };
}

async function readByIds<Of extends Fields>(
  scope: AccountScope,
  codec: RowCodec<Of>,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, RowOf<RowCodec<Of>>>> {
  const rows = await scope.query<{ id: string; row: RowOf<RowCodec<Of>> }>(
    `select id, ${codec.json('stored')} as row from ${codec.table} stored
     where account_id = $1 and id = any($2::uuid[])`,
    [ids.filter((id) => id && isId(id))],
  );
  return new Map(rows.map(({ id, row }) => [id, row]));
}

async function readEmergencies(
  scope: AccountScope,
  consumptionIds: readonly string[],
): Promise<MadeRows['emergencies']> {
  const rows = await scope.query<EmergencyPass>(
    `select ${emergencyPassRow.select('pass')} from emergency_passes pass
     where account_id = $1 and consumption_id = any($2::uuid[])`,
    [consumptionIds.filter(isId)],
  );
  return new Map(rows.map((row) => [row.consumptionId, row]));
}

/** By what an entry is known to have recorded a row of `page`. */
const recorded = {
  consumptions: `e.kind = 'DayPassConsumed' and e.consumption_id = page.id`,
  // Its other columns are held against the entry when that is gone through.
  purchases: `e.kind = 'DayPassesPurchased' and e.payload::json ->> 'purchaseId' = page.id::text`,
  invoices: `e.kind = 'InvoiceIssued' and e.payload::json ->> 'invoiceId' = page.id::text`,
};

/**
 * Reads a table's rows by id, the next `limit` after `after`: the end of the page (null: it was the
 * last), and the first of its rows that no entry of the same sequence recorded. Row and entry are
 * written together, so one statement sees both or neither.
 */
export async function readUnrecorded(
  scope: AccountScope,
  page: { table: keyof typeof recorded; after: string; limit: number },
): Promise<{ lastId: string | null; unrecorded: { id: string; sequence: number } | null }> {
  const [found] = await scope.query<{
    lastId: string | null;
    unrecorded: { id: string; sequence: number } | null;
  }>(
    `with page as (
       select id, sequence from ${page.table}
       where account_id = $1 and id > $2 order by id limit $3
     ), unrecorded as (
       select page.id, page.sequence from page
       -- Lateral and limited: one look by key for each row, whatever the planner thinks of the rest.
       left join lateral (
         select kind, consumption_id, payload from journal_entries
         where account_id = $1 and sequence = page.sequence limit 1
       ) e on true
       where (${recorded[page.table]}) is not true
       order by page.sequence limit 1
     )
     select (select id from page order by id desc limit 1) as "lastId",
       (select json_build_object('id', id, 'sequence', sequence) from unrecorded) as unrecorded`,
    [page.after, page.limit],
  );
  return found!;
}

/** Reads the orders by id, the next `limit` after `after`, each with all that refers to it. */
export function readBookedOrders(
  scope: AccountScope,
  page: { after: string; limit: number },
): Promise<BookedOrder[]> {
  const ofOrder = (alias: string) => `${alias} where account_id = $1 and order_id = o.id`;
  return scope.query<BookedOrder>(
    `with page as (
       select * from orders where account_id = $1 and id > $2 order by id limit $3
     )
     select ${orderRow.json('o')} as order, o.open_minor::float8 as "openMinor",
       ${list(attemptRow.pairs('attempt'), ofOrder('payment_attempts attempt'))} as attempts,
       ${list(
         `'kind', kind, 'netMinor', net_minor, 'taxMinor', tax_minor`,
         ofOrder('invoices'),
       )} as documents,
       (select coalesce(json_object_agg(kind, ${ms('occurred_at')}), '{}') from journal_entries
        where account_id = $1 and (sequence = o.sequence or (key = o.id::text
          and kind in ('DayPassOrderPaid', 'DayPassOrderCanceled', 'DayPassesPurchased')))
       ) as entered
     from page o order by o.id`,
    [page.after, page.limit],
  );
}

/** Of these consumptions, the ones whose reversal was entered after `sequence`. */
export async function readLaterReversals(
  scope: AccountScope,
  since: { sequence: number; consumptionIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await scope.query<{ id: string }>(
    `select consumption_id as id from journal_entries
     where account_id = $1 and sequence > $2 and kind = 'DayPassReversed'
       and consumption_id = any($3::uuid[])`,
    [since.sequence, since.consumptionIds],
  );
  return new Set(rows.map(({ id }) => id));
}
