import type { DataSource, EntityManager } from 'typeorm';
import { everyShard } from '../db/every-shard';
import { dueKinds } from './model/ledger';

/*
 * Which accounts have something due. In a cluster the tables of accounts are on many machines, and a
 * statement over all of them must not depend on another table row by row. So `accounts`, of which each
 * machine has a copy, is read first; the sweeps receive the instant and the accounts as parameters.
 */

/** Where things fall due. */
const sources: readonly { from: string; at: string }[] = [
  { from: 'running_passes', at: 'expires_at' },
  { from: 'lots', at: 'expires_at' },
  { from: 'due_items', at: 'at' },
];

/** Further conditions of the sources, by their tables. */
const conditions: Readonly<Record<string, string>> = {
  lots: 'and remaining > 0',
  due_items: `and kind in (${dueKinds.map((kind) => `'${kind}'`).join(', ')})`,
};

/** More accounts than one round ends; the next sweep finds the rest. */
const accountsMax = 1_000;

/** Of processes that sweep at the same time only one does. The number is ours alone. */
const sweepLock = 4_712_003;

/** By the account's id: when its next pass, lot or item is due, by the database's clock. */
export type DueAccounts = Map<string, number>;

export interface Sweep {
  nowMs: number;
  /** Null: another process sweeps at this moment. */
  due: DueAccounts | null;
}

/** Accounts whose instants are not those of the database's clock. */
interface Apart {
  /** The past is being written there, and what falls due falls due in the past. */
  seeding: string[];
  /** Sandboxes whose test clock runs ahead, and by how much. */
  ahead: { id: string; byMs: number }[];
}

/** Finds the accounts in which something is due now or within `aheadMs`, the earliest first. */
export async function sweepDueAccounts(source: DataSource, aheadMs: number): Promise<Sweep> {
  return source.transaction(async (transaction) => {
    const { nowMs, isOurs, ...apart } = await readApart(transaction);
    if (!isOurs) return { nowMs, due: null };
    const untilMs = nowMs + aheadMs;
    const due: DueAccounts = new Map();
    const note = (accountId: string, atMs: number) => {
      if (atMs <= untilMs) due.set(accountId, Math.min(atMs, due.get(accountId) ?? Infinity));
    };
    const others = [...apart.seeding, ...apart.ahead.map(({ id }) => id)];
    for (const { from, at } of sources) {
      const rows = await readNext(
        transaction,
        `select account_id as "accountId", min(${at}) as at from ${from}
         where ${at} <= $1 and not account_id = any($2::uuid[]) ${conditions[from] ?? ''}
         group by account_id order by min(${at}) limit ${accountsMax}`,
        [new Date(untilMs), others],
      );
      for (const { accountId, atMs } of rows) note(accountId, atMs);
    }
    await noteAhead(transaction, apart.ahead, { untilMs, note });
    return { nowMs, due };
  });
}

/** Sandboxes are few: their next instants are read together, and compared with the clock of each. */
async function noteAhead(
  transaction: EntityManager,
  ahead: Apart['ahead'],
  { untilMs, note }: { untilMs: number; note: (accountId: string, atMs: number) => void },
): Promise<void> {
  if (ahead.length === 0) return;
  const byMs = new Map(ahead.map((account) => [account.id, account.byMs]));
  const latest = new Date(untilMs + Math.max(...byMs.values()));
  for (const { from, at } of sources) {
    const rows = await readNext(
      transaction,
      `select account_id as "accountId", min(${at}) as at from ${from}
       where account_id = any($1::uuid[]) and ${at} <= $2 ${conditions[from] ?? ''}
       group by account_id`,
      [[...byMs.keys()], latest],
    );
    for (const { accountId, atMs } of rows) note(accountId, atMs - byMs.get(accountId)!);
  }
}

/** With the instant of the sweep, and whether this process may sweep. */
async function readApart(
  transaction: EntityManager,
): Promise<Apart & { nowMs: number; isOurs: boolean }> {
  const [row] = await transaction.query<(Apart & { nowMs: number; isOurs: boolean })[]>(
    `select (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs",
       pg_try_advisory_xact_lock($1) as "isOurs",
       coalesce((select array_agg(id) from accounts where seeding), '{}') as seeding,
       coalesce((select json_agg(json_build_object('id', id, 'byMs', test_clock_offset_ms))
         from accounts where test_clock_offset_ms > 0 and not seeding), '[]') as ahead`,
    [sweepLock],
  );
  return row!;
}

async function readNext(
  transaction: EntityManager,
  sql: string,
  parameters: unknown[],
): Promise<{ accountId: string; atMs: number }[]> {
  const rows = await transaction.query<{ accountId: string; at: Date }[]>(
    everyShard('due accounts', sql),
    parameters,
  );
  return rows.map(({ accountId, at }) => ({ accountId, atMs: at.getTime() }));
}
