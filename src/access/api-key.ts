import type { DataSource } from 'typeorm';
import { AccountScope } from '../db/account-scope';
import type { Scope } from './scopes';

/** A key as a request is judged by it, and how old this knowledge of it is. */
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
  /** The account's state when it was read: a revision that has moved on says to read it again. */
  revision: number;
}

/** Reads one key of an account, with the revision that it is of; null where there is none. */
export async function loadApiKey(
  source: DataSource,
  accountId: string,
  keyId: string,
): Promise<ApiKey | null> {
  const [row] = await new AccountScope(source, accountId).queryPrepared<ApiKeyFacts>(statement, [
    keyId,
  ]);
  if (!row) return null;
  return {
    accountId,
    id: keyId,
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

const statement = {
  name: 'load-api-key',
  text: `
    select k.agent_id, k.scopes, k.when_no_day_pass, k.secret_hash,
      k.revoked_at is not null as is_revoked, s.revision,
      (extract(epoch from k.expires_at) * 1000)::bigint as expires_at_ms,
      (extract(epoch from k.last_used_at) * 1000)::bigint as last_used_at_ms
    from api_keys k join state_revisions s on s.account_id = k.account_id
    where k.account_id = $1 and k.id = $2`,
};

interface ApiKeyFacts {
  agent_id: string | null;
  scopes: Scope[];
  when_no_day_pass: 'CONSUME' | 'REJECT' | null;
  secret_hash: Buffer;
  is_revoked: boolean;
  revision: number;
  expires_at_ms: number | null;
  last_used_at_ms: number | null;
}
