import { makeApiKeySecret } from '../access/api-key-secret';
import { recordAudit, type Attribution } from '../access/audit';
import { agentKeyScopes, scopes as allScopes, type Scope } from '../access/scopes';
import { refuseInstant, refuseNames } from '../api/input.rules';
import type { UserError } from '../api/user-error';
import { newId } from '../core/ids';
import type { AccountManager } from '../db/account-manager';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';
import { ApiKeyRow } from '../db/tables/api-key';

/** A key as an admin requests it. */
export interface NewApiKey {
  name: string;
  /** Null: a service key. */
  agentId: string | null;
  /** Null: all scopes that an agent's key may have; a service key must name its own. */
  scopes: readonly string[] | null;
  whenNoDayPass: 'CONSUME' | 'REJECT';
  expiresAtMs: number | null;
}

/** The key and its secret, which is answered here and never again. */
export type CreatedApiKey = { row: ApiKeyRow; secret: string } | UserError;

/**
 * Creates an agent's key or a service key, at the database's instant `nowMs`: credentials ignore
 * the test clock. An account that has more than `keysMax` active keys keeps them, and gets no
 * other. Refusals: LIMIT_REACHED, NOT_FOUND, VALIDATION_FAILED.
 */
export async function createApiKey(
  state: AccountState,
  key: NewApiKey,
  { nowMs, keysMax, audit }: { nowMs: number; keysMax: number; audit: Attribution },
): Promise<CreatedApiKey> {
  const invalid = refuse(key, nowMs);
  if (invalid) return invalid;
  const { name, agentId, scopes, whenNoDayPass, expiresAtMs } = key;
  const { accountId } = state;
  const id = newId();
  const { secret, hash } = makeApiKeySecret(accountId, id);
  const row: ApiKeyRow = {
    accountId,
    id,
    name,
    agentId,
    scopes: [...new Set(scopes ?? agentKeyScopes)],
    whenNoDayPass: agentId === null ? null : whenNoDayPass,
    secretHash: hash,
    createdAt: new Date(nowMs),
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs),
    lastUsedAt: null,
    revokedAt: null,
  };
  return state.write<CreatedApiKey>(async (manager) => {
    if (agentId !== null && !(await manager.existsBy(AgentRow, { id: agentId }))) {
      return { result: notFound, changed: [] };
    }
    if ((await countLivingKeys(manager, row.createdAt)) >= keysMax) {
      return { result: tooMany(keysMax), changed: [] };
    }
    await manager.insert(ApiKeyRow, row);
    await recordAudit(manager, {
      ...audit,
      action: 'api_key.created',
      subject: { type: 'ApiKey', id },
      before: null,
      after: {
        name,
        agentId,
        scopes: row.scopes,
        whenNoDayPass: row.whenNoDayPass,
        expiresAt: row.expiresAt,
      },
      occurredAt: row.createdAt,
    });
    return { result: { row, secret }, changed: [{ kind: 'key', id }] };
  });
}

/** Writes of one account's state follow each other: no other key is created in the meantime. */
async function countLivingKeys(manager: AccountManager, now: Date): Promise<number> {
  const [keys] = await manager.query<{ count: number }>(
    `select count(*)::integer as count from api_keys where account_id = $1
     and revoked_at is null and (expires_at is null or expires_at > $2)`,
    [now],
  );
  return keys!.count;
}

function tooMany(keysMax: number): UserError {
  const message = `The account has ${keysMax} keys that are neither revoked nor expired, the highest number. Revoke one first.`;
  return { code: 'LIMIT_REACHED', message, field: null };
}

const notFound: UserError = {
  code: 'NOT_FOUND',
  message: 'The account has no agent with this id. Check the id.',
  field: ['agentId'],
};

function refuse({ name, agentId, scopes, expiresAtMs }: NewApiKey, nowMs: number) {
  const malformed = refuseNames({ name: [name, 200] }) ?? refuseInstant('expiresAt', expiresAtMs);
  if (malformed) return malformed;
  if (expiresAtMs !== null && expiresAtMs <= nowMs) {
    return invalid('expiresAt must be in the future.', 'expiresAt');
  }
  const permitted: readonly Scope[] = agentId === null ? allScopes : agentKeyScopes;
  if (scopes === null && agentId !== null) return null;
  if (scopes?.length && scopes.every((scope) => permitted.some((one) => one === scope)))
    return null;
  return invalid(
    `scopes must have at least one item, and only these: ${permitted.join(', ')}.`,
    'scopes',
  );
}

function invalid(message: string, field: string): UserError {
  return { code: 'VALIDATION_FAILED', message, field: [field] };
}
