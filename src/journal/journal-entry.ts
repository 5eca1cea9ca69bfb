import type { DataSource } from 'typeorm';
import type { Actor, EntryKind } from '../ledger/ledger';

/** An entry of the journal as it was written. */
export interface JournalEntry {
  accountId: string;
  sequence: number;
  id: string;
  kind: EntryKind;
  walletId: string;
  walletSequence: number;
  delta: number;
  balance: number;
  actor: Actor | null;
  agentId: string | null;
  consumptionId: string | null;
  /** What the kind says beyond, as the ledger's decision wrote it. */
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
  kind: EntryKind;
  wallet_id: string;
  wallet_sequence: number;
  delta: number;
  balance: number;
  actor_kind: Actor['kind'] | null;
  actor_id: string | null;
  agent_id: string | null;
  consumption_id: string | null;
  payload: string;
  occurred_at_ms: number;
  hash: string;
}

/** The account's entries after a number, in order, at most `limit`. */
export async function readEntriesAfter(
  source: DataSource,
  accountId: string,
  after: number,
  limit: number,
): Promise<JournalEntry[]> {
  const rows: Row[] = await source.query(
    `select ${columns} from journal_entries
     where account_id = $1 and sequence > $2 order by sequence limit $3`,
    [accountId, after, limit],
  );
  return rows.map((row) => entryOf(accountId, row));
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
