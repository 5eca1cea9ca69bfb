import type { AccountScope } from '../db/account-scope';
import type { SealedEntry } from '../ledger/writer/seal-entries';

/** An entry of the journal as it was written. */
export interface JournalEntry {
  accountId: string;
  sequence: number;
  id: string;
  /** An `EntryKind`, or one that only a newer release knows. */
  kind: string;
  walletId: string;
  walletSequence: number;
  delta: number;
  balance: number;
  /** As for the kind: a newer release may have more kinds of actors. */
  actor: { kind: string; id: string } | null;
  agentId: string | null;
  consumptionId: string | null;
  /** What else belongs to this kind, as the ledger's decision wrote it. */
  payload: Readonly<Record<string, unknown>>;
  occurredAtMs: number;
  /** Hexadecimal. */
  hash: string;
}

const columns = `sequence, id, kind, wallet_id, wallet_sequence, delta, balance, actor_kind, actor_id,
  agent_id, consumption_id, payload, (extract(epoch from occurred_at) * 1000)::bigint as occurred_at_ms,
  encode(hash, 'hex') as hash`;

interface Row {
  sequence: number;
  id: string;
  kind: string;
  wallet_id: string;
  wallet_sequence: number;
  delta: number;
  balance: number;
  actor_kind: string | null;
  actor_id: string | null;
  agent_id: string | null;
  consumption_id: string | null;
  payload: string;
  occurred_at_ms: number;
  hash: string;
}

/** The account's entries after a number, in order, at most `limit`. */
export async function readEntriesAfter(
  scope: AccountScope,
  after: number,
  limit: number,
): Promise<JournalEntry[]> {
  const rows = await scope.query<Row>(
    `select ${columns} from journal_entries
     where account_id = $1 and sequence > $2 order by sequence limit $3`,
    [after, limit],
  );
  return rows.map((row) => entryOf(scope.accountId, row));
}

/**
 * The same, with the revision of the account's state that belongs to them: it includes every change
 * of state that was committed before one of the entries. Null if there are no entries.
 */
export async function readEntriesAndState(
  scope: AccountScope,
  after: number,
  limit: number,
): Promise<{ entries: JournalEntry[]; stateRevision: number | null }> {
  const rows = await scope.query<Row & { state_revision: number }>(
    `select ${columns},
       (select revision from state_revisions where account_id = $1) as state_revision
     from journal_entries where account_id = $1 and sequence > $2 order by sequence limit $3`,
    [after, limit],
  );
  const entries = rows.map((row) => entryOf(scope.accountId, row));
  return { entries, stateRevision: rows[0]?.state_revision ?? null };
}

/** Which entries a list has. */
export interface EntryFilter {
  /** Null: of all wallets. */
  walletId: string | null;
  /** Null: of all kinds. */
  kinds?: readonly string[] | null;
}

/** Entries between two numbers, both left out, at most `limit`, from either end. */
export async function readEntriesBetween(
  scope: AccountScope,
  range: EntryFilter & {
    after: number;
    before: number;
    backwards: boolean;
    limit: number;
  },
): Promise<JournalEntry[]> {
  const rows = await scope.query<Row>(
    `select ${columns} from journal_entries
     where account_id = $1 and sequence > $2 and sequence < $3
       and ($4::uuid is null or wallet_id = $4)
       and ($6::text[] is null or kind = any($6))
     order by sequence ${range.backwards ? 'desc' : 'asc'} limit $5`,
    [range.after, range.before, range.walletId, range.limit, range.kinds ?? null],
  );
  return rows.map((row) => entryOf(scope.accountId, row));
}

/** Entries after a number and through another, of all kinds or some, in order, at most `limit`. */
export async function readEntriesOfKinds(
  scope: Pick<AccountScope, 'accountId' | 'query'>,
  range: {
    after: number;
    through: number;
    kinds: readonly string[] | null;
    /** Kinds of which the entries that leave their wallet below zero are read, too. */
    kindsBelowZero?: readonly string[];
    limit: number;
    /** Only these numbers. */
    sequences?: readonly number[] | null;
  },
): Promise<JournalEntry[]> {
  const rows = await scope.query<Row>(
    `select ${columns} from journal_entries
     where account_id = $1 and sequence > $2 and sequence <= $3
       and ($4::text[] is null or kind = any($4) or (balance < 0 and kind = any($7)))
       and ($6::int[] is null or sequence = any($6))
     order by sequence limit $5`,
    [
      ...[range.after, range.through, range.kinds, range.limit, range.sequences ?? null],
      range.kindsBelowZero ?? [],
    ],
  );
  return rows.map((row) => entryOf(scope.accountId, row));
}

/** The number of entries between two numbers, both left out; `atMost` if there are more. */
export async function countEntries(
  scope: AccountScope,
  range: EntryFilter & { after: number; before: number },
  atMost: number,
): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from (
       select from journal_entries
       where account_id = $1 and sequence > $2 and sequence < $3
         and ($4::uuid is null or wallet_id = $4)
         and ($6::text[] is null or kind = any($6)) limit $5) as counted`,
    [range.after, range.before, range.walletId, atMost, range.kinds ?? null],
  );
  return row?.count ?? 0;
}

/**
 * The number of the first entry at an instant or later; after the last entry the next number. Numbers
 * have no gaps and instants only grow, so it is found by bisection: about twenty rows of
 * a million are read, by the primary key.
 */
export async function firstSequenceAt(scope: AccountScope, atMs: number): Promise<number> {
  const [row] = await scope.query<{ sequence: number }>(
    `with recursive search (least, most) as (
       select 1, sequence + 1 from journals where account_id = $1
       union all
       select case when entry.occurred_at < $2 then entry.sequence + 1 else least end,
         case when entry.occurred_at < $2 then most else entry.sequence end
       from search join journal_entries entry
         on entry.account_id = $1 and entry.sequence = (least + most) / 2
       where least < most
     )
     select least as sequence from search where least = most limit 1`,
    [new Date(atMs)],
  );
  return row?.sequence ?? 1;
}

/** Loads entries by id. */
export async function entriesById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(JournalEntry | null)[]> {
  const rows = await scope.query<Row>(
    `select ${columns} from journal_entries where account_id = $1 and id = any($2)`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, entryOf(scope.accountId, row)]));
  return ids.map((id) => found.get(id) ?? null);
}

/** The revision of the account's state: it includes every change that was committed before. */
export async function readStateRevision(scope: AccountScope): Promise<number | null> {
  const [row] = await scope.query<{ revision: number }>(
    'select revision from state_revisions where account_id = $1',
  );
  return row?.revision ?? null;
}

/** An entry that this process has committed, as it would be read. */
export function entryOfSealed(accountId: string, sealed: SealedEntry): JournalEntry {
  return {
    accountId,
    sequence: sealed.sequence,
    id: sealed.id,
    kind: sealed.kind,
    walletId: sealed.walletId,
    walletSequence: sealed.walletSequence,
    delta: sealed.delta,
    balance: sealed.balance,
    actor: sealed.actor && { kind: sealed.actor.kind, id: sealed.actor.id },
    agentId: sealed.agentId,
    consumptionId: sealed.consumptionId,
    payload: JSON.parse(sealed.payloadText) as Record<string, unknown>,
    occurredAtMs: sealed.occurredAtMs,
    hash: sealed.hash,
  };
}

function entryOf(accountId: string, row: Row): JournalEntry {
  const { actor_kind: kind, actor_id: id } = row;
  return {
    accountId,
    sequence: row.sequence,
    id: row.id,
    kind: row.kind,
    walletId: row.wallet_id,
    walletSequence: row.wallet_sequence,
    delta: row.delta,
    balance: row.balance,
    actor: kind !== null && id !== null ? { kind, id } : null,
    agentId: row.agent_id,
    consumptionId: row.consumption_id,
    payload: JSON.parse(row.payload) as Record<string, unknown>,
    occurredAtMs: row.occurred_at_ms,
    hash: row.hash,
  };
}
