import type { List } from '../api/read-page';
import type { AccountScope } from '../db/account-scope';
import { ApiKeyRow } from '../db/tables/api-key';

/** Loads keys by id. */
export function apiKeysById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(ApiKeyRow | null)[]> {
  return scope.byId(ApiKeyRow, ids);
}

/** The keys of the account, the newest first; those that have ended are among them. */
export function apiKeyList(scope: AccountScope): List<ApiKeyRow> {
  const keys = [{ sql: 'row.createdAt', kind: 'instant' as const }];
  const order = { name: 'CREATED_AT', keys, direction: 'DESC' as const };
  return { name: 'api keys', rows: scope.select(ApiKeyRow), order };
}
