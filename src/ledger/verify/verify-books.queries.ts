import type { DataSource } from 'typeorm';
import { isId } from '../../core/ids';
import type { Consumption, Lot, Purchase, RunningPass } from '../model/ledger';
import { consumptionRow } from '../rows/consumption';
import { madeRowOf } from '../rows/made-row';
import type { SealedEntry } from '../writer/seal-entries';

/** An entry as it is stored. Its payload is the text that was hashed. */
export type StoredEntry = Omit<SealedEntry, 'payload'>;

/** What an account's tables say at one instant, to be compared with what its entries add up to. */
export interface Books {
  /** The journal's last number: entries beyond it are of no concern. */
  sequence: number;
  lastHash: string;
  wallets: BookedWallet[];
  /** The lots that are not empty. */
  lots: Pick<Lot, 'id' | 'walletId' | 'sequence' | 'remaining'>[];
  owed: { consumptionId: string; walletId: string; sequence: number }[];
  passes: RunningPass[];
}

export interface BookedWallet {
  id: string;
  balance: number;
  lastSequence: number;
  lastWalletSequence: number;
  lastHash: string;
}

/** The rows that entries made or ended, by id. */
export interface MadeRows {
  consumptions: ReadonlyMap<string, Consumption>;
  lots: ReadonlyMap<string, Lot>;
  purchases: ReadonlyMap<string, Purchase>;
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::bigint`;
const list = (row: string, from: string) =>
  `(select coalesce(json_agg(json_build_object(${row})), '[]') from ${from} where account_id = $1)`;

/** All of it in one statement, so that it is of one instant; null where there is no journal. */
export async function readBooks(source: DataSource, accountId: string): Promise<Books | null> {
  const [books]: Books[] = await source.query(
    `select sequence, encode(last_hash, 'hex') as "lastHash",
      ${list(
        `'id', id, 'balance', balance, 'lastSequence', last_sequence,
         'lastWalletSequence', last_wallet_sequence, 'lastHash', encode(last_hash, 'hex')`,
        'wallets',
      )} as wallets,
      ${list(
        `'id', id, 'walletId', wallet_id, 'sequence', sequence, 'remaining', remaining`,
        '(select * from lots where remaining > 0) as lots',
      )} as lots,
      ${list(
        `'consumptionId', consumption_id, 'walletId', wallet_id, 'sequence', sequence`,
        '(select * from emergency_passes where settled_by_lot_id is null) as owed',
      )} as owed,
      ${list(
        `'agentId', agent_id, 'consumptionId', consumption_id, 'walletId', wallet_id,
         'expiresAtMs', ${ms('expires_at')}`,
        'running_passes',
      )} as passes
     from journals where account_id = $1`,
    [accountId],
  );
  return books ?? null;
}

/** The next `limit` entries after `after`, in order, none beyond `upTo`. */
export function readEntries(
  source: DataSource,
  accountId: string,
  page: { after: number; upTo: number; limit: number },
): Promise<StoredEntry[]> {
  return source.query(
    `select sequence, id, kind, wallet_id as "walletId", wallet_sequence as "walletSequence",
       delta, balance,
       case when actor_id is not null
         then json_build_object('kind', actor_kind, 'id', actor_id) end as actor,
       agent_id as "agentId", consumption_id as "consumptionId", payload as "payloadText",
       ${ms('occurred_at')} as "occurredAtMs", key, key_digest as "keyDigest",
       command_id as "commandId", encode(hash, 'hex') as hash
     from journal_entries
     where account_id = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
    [accountId, page.after, page.upTo, page.limit],
  );
}

/** The consumptions, lots and purchases that the entries name as theirs; what is gone is left out. */
export async function readMadeRows(
  source: DataSource,
  accountId: string,
  entries: readonly StoredEntry[],
): Promise<MadeRows> {
  const consumptionIds = entries.flatMap(({ kind, consumptionId }) =>
    madeRowOf[kind] === 'consumption' && consumptionId ? [consumptionId] : [],
  );
  const named = (ids: 'lotId' | 'purchaseId', entry: StoredEntry) => {
    const id = madeRowOf[entry.kind] === 'lot' ? payloadOf(entry)[ids] : null;
    return id && isId(id) ? [id] : [];
  };
  const lotIds = entries.flatMap((entry) => named('lotId', entry));
  const purchaseIds = entries.flatMap((entry) => named('purchaseId', entry));
  const consumptions: { row: Consumption }[] = await source.query(
    `select ${consumptionRow.json('c')} as row from consumptions c
     where c.account_id = $1 and c.id = any($2::uuid[])`,
    [accountId, consumptionIds],
  );
  const lots: Lot[] = await source.query(
    `select id, wallet_id as "walletId", sequence, quantity, remaining, priority,
       case when unit_price_minor is not null
         then json_build_object('minor', unit_price_minor, 'currency', currency) end as "unitPrice",
       ${ms('expires_at')} as "expiresAtMs", ${ms('created_at')} as "createdAtMs"
     from lots where account_id = $1 and id = any($2::uuid[])`,
    [accountId, lotIds],
  );
  const purchases: Purchase[] = await source.query(
    `select id, wallet_id as "walletId", lot_id as "lotId", sequence, quantity,
       json_build_object('minor', unit_price_minor, 'currency', currency) as "unitPrice",
       total_minor as "totalMinor", purchased_by as "purchasedBy",
       ${ms('purchased_at')} as "purchasedAtMs"
     from purchases where account_id = $1 and id = any($2::uuid[])`,
    [accountId, purchaseIds],
  );
  return {
    consumptions: new Map(consumptions.map(({ row }) => [row.id, row])),
    lots: new Map(lots.map((lot) => [lot.id, lot])),
    purchases: new Map(purchases.map((purchase) => [purchase.id, purchase])),
  };
}

/** By what an entry is known to have recorded a row of `page`. */
const recorded = {
  consumptions: `e.kind = 'DayPassConsumed' and e.consumption_id = page.id`,
  // Its other columns are held against the entry when that is gone through.
  purchases: `e.kind = 'DayPassesPurchased' and e.payload::json ->> 'purchaseId' = page.id::text`,
};

/**
 * Goes through a table's rows by id, the next `limit` after `after`: where the page ended (null: there
 * are no more), and the first of its rows that no entry of the same sequence recorded. Row and entry
 * are written together, so one statement sees both or neither.
 */
export async function readUnrecorded(
  source: DataSource,
  accountId: string,
  page: { table: keyof typeof recorded; after: string; limit: number },
): Promise<{ lastId: string | null; unrecorded: { id: string; sequence: number } | null }> {
  const [found] = await source.query(
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
    [accountId, page.after, page.limit],
  );
  return found;
}

/** Of these consumptions, the ones whose reversal was entered after `sequence`. */
export async function readLaterReversals(
  source: DataSource,
  accountId: string,
  since: { sequence: number; consumptionIds: readonly string[] },
): Promise<Set<string>> {
  const rows: { id: string }[] = await source.query(
    `select consumption_id as id from journal_entries
     where account_id = $1 and sequence > $2 and kind = 'DayPassReversed'
       and consumption_id = any($3::uuid[])`,
    [accountId, since.sequence, since.consumptionIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What an entry's payload says of lots, debts and purchases; empty where the text is no JSON any more. */
export function payloadOf({ payloadText }: Pick<StoredEntry, 'payloadText'>): {
  lotId?: string | null;
  settled?: readonly string[];
  purchaseId?: string;
  quantity?: number;
  unitPriceMinor?: number;
  totalMinor?: number;
  currency?: string;
} {
  try {
    return JSON.parse(payloadText) ?? {};
  } catch {
    return {};
  }
}
