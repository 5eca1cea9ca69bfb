import type { DataSource } from 'typeorm';
import type { AccountScope } from '../db/account-scope';
import { AccountRow } from '../db/tables/account';

/** The account of that slug, or null. For the command line, which has no principal. */
export function findAccountBySlug(source: DataSource, slug: string): Promise<AccountRow | null> {
  return source.getRepository(AccountRow).findOneBy({ slug });
}

/** Accounts by name, sandboxes first. For a development's sign-in, which has no principal. */
export function listAccounts(source: DataSource, limit: number): Promise<AccountRow[]> {
  return source
    .getRepository(AccountRow)
    .find({ order: { sandbox: 'DESC', name: 'ASC' }, take: limit });
}

/** Loads the scope's own account; any other id gets the same answer as one that does not exist. */
export async function accountsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(AccountRow | null)[]> {
  const rows = await scope.accounts();
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
