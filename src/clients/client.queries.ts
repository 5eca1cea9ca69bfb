import { boundedIds, searchPattern } from '../api/filter.rules';
import type { List } from '../api/read-page';
import { spellingsOf } from '../core/texts';
import type { AccountScope } from '../db/account-scope';
import { ClientRow } from '../db/tables/client';
import { foldedWords, wordsLike } from '../db/words';

/** Loads clients by id. */
export function clientsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(ClientRow | null)[]> {
  return scope.byId(ClientRow, ids);
}

/**
 * The clients that match a filter, by name. Throws BAD_USER_INPUT for a long search or too many
 * ids.
 */
export function clientList(
  scope: AccountScope,
  filter: { search?: string | null; externalIds?: readonly string[] | null },
): List<ClientRow> {
  const rows = scope.select(ClientRow);
  if (filter.search != null) {
    const pattern = searchPattern(filter.search);
    const id = wordsLike("coalesce(row.externalId, '')", ':pattern');
    rows.andWhere(`(${wordsLike('row.name', ':pattern')} or ${id})`, { pattern });
  }
  if (filter.externalIds != null) {
    const externalIds = spellingsOf(boundedIds(filter.externalIds));
    rows.andWhere('row.externalId = any(:externalIds)', { externalIds });
  }
  const keys = [{ sql: foldedWords('row.name'), kind: 'text' as const }];
  return { name: 'clients', rows, order: { name: 'NAME', keys, direction: 'ASC' } };
}
