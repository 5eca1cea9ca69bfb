import type { EntryKind } from '../entries/entry-kinds';
import {
  bytes,
  group,
  instant,
  integer,
  nullable,
  RowCodec,
  text,
  uuid,
  type RowOf,
} from './codec';

export const entryRow = new RowCodec('journal_entries', {
  sequence: integer('sequence'),
  id: uuid('id'),
  kind: text<EntryKind>('kind'),
  walletId: uuid('wallet_id'),
  walletSequence: integer('wallet_sequence'),
  /** Passes added (positive) or taken (negative). */
  delta: integer('delta'),
  /** The wallet's balance right after this entry. */
  balance: integer('balance'),
  actor: nullable(group({ kind: text<Actor['kind']>('actor_kind'), id: uuid('actor_id') })),
  agentId: nullable(uuid('agent_id')),
  consumptionId: nullable(uuid('consumption_id')),
  /** JSON: the very text that is stored and was hashed. */
  payloadText: text('payload'),
  occurredAtMs: instant('occurred_at'),
  /** An idempotency key or the id of a confirmation. */
  key: nullable(text('key')),
  keyDigest: nullable(text('key_digest')),
  /** The command that caused it. */
  commandId: uuid('command_id'),
  /** Seals the entry to the one before it. */
  hash: bytes('hash'),
});

/** Who caused an entry; null for the service itself. */
export interface Actor {
  kind: 'AGENT' | 'API_KEY' | 'OPERATOR';
  id: string;
}

/** An entry of the journal as it is stored. */
export type StoredEntry = RowOf<typeof entryRow>;
