import type { AccountScope } from '../db/account-scope';
import { foldedWords } from '../db/words';
import type { IdentityProviderRow } from '../db/tables/identity-provider';

/** A provider with the instant at which its keys were last fetched. */
export type FoundProvider = Omit<IdentityProviderRow, 'accountId'> & { keysFetchedAt: Date | null };

const foundProviders = `select p.id, p.name, p.issuer, p.client_id as "clientId", p.audiences,
    p.scopes, p.algorithms, p.email_claim as "emailClaim", p.trusts_email as "trustsEmail",
    p.admits_contacts as "admitsContacts", p.enabled, p.revision, p.created_at as "createdAt",
    d.fetched_at as "keysFetchedAt"
  from identity_providers p
  left join provider_documents d on d.account_id = p.account_id and d.provider_id = p.id
  where p.account_id = $1`;

/** The account's identity providers, by name. */
export function listIdentityProviders(scope: AccountScope): Promise<FoundProvider[]> {
  return scope.query<FoundProvider>(`${foundProviders} order by ${foldedWords('p.name')}, p.id`);
}

/** Loads identity providers by id. */
export async function identityProvidersById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(FoundProvider | null)[]> {
  const rows = await scope.query<FoundProvider>(`${foundProviders} and p.id = any($2)`, [ids]);
  return ids.map((id) => rows.find((row) => row.id === id) ?? null);
}
