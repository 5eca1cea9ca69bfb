import type { DataSource } from 'typeorm';
import type { AccountScope } from '../db/account-scope';
import { everyShard } from '../db/every-shard';
import type { Scope } from './scopes';

/** A key as requests are checked against it, and the age of this knowledge. */
export interface ApiKey {
  accountId: string;
  id: string;
  /** Null: a service key. */
  agentId: string | null;
  scopes: readonly Scope[];
  whenNoDayPass: 'CONSUME' | 'REJECT' | null;
  secretHash: Buffer;
  /** Infinity: never. */
  expiresAtMs: number;
  isRevoked: boolean;
  lastUsedAtMs: number;
  /** The account's state when it was read: after a newer revision it is read again. */
  revision: number;
}

/** Names a key of an account. */
export interface KeyRef {
  accountId: string;
  keyId: string;
}

/** Reads one key of an account, with the revision that it belongs to; null if the account has no such key. */
export async function loadApiKey(scope: AccountScope, keyId: string): Promise<ApiKey | null> {
  const [row] = await scope.query<ApiKeyFacts>(
    `select ${facts} from api_keys k join state_revisions s on s.account_id = k.account_id
     where k.account_id = $1 and k.id = $2`,
    [keyId],
  );
  return row ? toApiKey(row) : null;
}

/** Reads keys of any accounts, for credentials that are not verified yet; only those that exist. */
export async function loadApiKeys(source: DataSource, keys: readonly KeyRef[]): Promise<ApiKey[]> {
  const rows = await source.query<ApiKeyFacts[]>(
    everyShard(
      'known keys',
      `select ${facts} from unnest($1::uuid[], $2::uuid[]) as named (account_id, id)
       join api_keys k on k.account_id = named.account_id and k.id = named.id
       join state_revisions s on s.account_id = k.account_id`,
    ),
    [keys.map(({ accountId }) => accountId), keys.map(({ keyId }) => keyId)],
  );
  return rows.map(toApiKey);
}

function toApiKey(row: ApiKeyFacts): ApiKey {
  return {
    accountId: row.account_id,
    id: row.id,
    agentId: row.agent_id,
    scopes: row.scopes,
    whenNoDayPass: row.when_no_day_pass,
    secretHash: row.secret_hash,
    expiresAtMs: row.expires_at_ms ?? Infinity,
    isRevoked: row.is_revoked,
    lastUsedAtMs: row.last_used_at_ms ?? 0,
    revision: row.revision,
  };
}

/** Columns of a key `k` and of its account's state `s`. */
const facts = `k.account_id, k.id, k.agent_id, k.scopes, k.when_no_day_pass, k.secret_hash,
  k.revoked_at is not null as is_revoked, s.revision,
  (extract(epoch from k.expires_at) * 1000)::bigint as expires_at_ms,
  (extract(epoch from k.last_used_at) * 1000)::bigint as last_used_at_ms`;

interface ApiKeyFacts {
  account_id: string;
  id: string;
  agent_id: string | null;
  scopes: Scope[];
  when_no_day_pass: 'CONSUME' | 'REJECT' | null;
  secret_hash: Buffer;
  is_revoked: boolean;
  revision: number;
  expires_at_ms: number | null;
  last_used_at_ms: number | null;
}
