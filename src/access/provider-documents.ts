import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { fetchJson } from '../core/fetch-json';
import { isReachable, type OutboundRules } from '../core/outbound';
import type { AccountScope } from '../db/account-scope';

/** What a provider publishes of itself, as far as sign-in needs it. */
export interface ProviderDocuments {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  keys: JSONWebKeySet;
  fetchedAtMs: number;
}

/** For both documents together. */
const timeoutMs = 5_000;
/** Many times what the largest providers publish. */
const bytesMax = 256 * 1024;

const discoveryShape = z.object({
  issuer: z.string(),
  jwks_uri: z.string().max(2_000),
  authorization_endpoint: z.string().max(2_000),
  token_endpoint: z.string().max(2_000),
});
const keysShape = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/** Fetches the provider's documents. Rejects with an Error that says what was wrong with them. */
export async function fetchDocuments(
  issuer: string,
  options: OutboundRules & { nowMs: number },
): Promise<ProviderDocuments> {
  const bounds = { ...options, bytesMax, signal: AbortSignal.timeout(timeoutMs) };
  const base = issuer.replace(/\/$/, '');
  const discovery = discoveryShape.parse(
    await fetchJson(`${base}/.well-known/openid-configuration`, bounds),
  );
  // Otherwise one provider could act for another.
  if (discovery.issuer !== issuer) throw new Error('it names another issuer than itself');
  const { authorization_endpoint, token_endpoint, jwks_uri } = discovery;
  for (const url of [authorization_endpoint, token_endpoint]) {
    if (!isReachable(url, options)) throw new Error(`it sends people to ${url}`);
  }
  const keys = keysShape.parse(await fetchJson(jwks_uri, bounds));
  return {
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    keys: keys as unknown as JSONWebKeySet,
    fetchedAtMs: options.nowMs,
  };
}

/** The documents that some process fetched last; null if none ever did. */
export async function loadDocuments(
  scope: AccountScope,
  providerId: string,
): Promise<ProviderDocuments | null> {
  const [row] = await scope.query<Omit<ProviderDocuments, 'keys'> & { keys: string }>(
    `select authorization_endpoint as "authorizationEndpoint", token_endpoint as "tokenEndpoint",
       keys, (extract(epoch from fetched_at) * 1000)::bigint as "fetchedAtMs"
     from provider_documents where account_id = $1 and provider_id = $2`,
    [providerId],
  );
  return row ? { ...row, keys: JSON.parse(row.keys) as JSONWebKeySet } : null;
}

/**
 * Stores the documents for processes that start later. A provider that was removed in the meantime
 * has none.
 */
export async function saveDocuments(
  scope: AccountScope,
  providerId: string,
  documents: ProviderDocuments,
): Promise<void> {
  const { authorizationEndpoint, tokenEndpoint, keys, fetchedAtMs } = documents;
  await scope.query(
    `insert into provider_documents as kept
       (account_id, provider_id, authorization_endpoint, token_endpoint, keys, fetched_at)
     select account_id, id, $3, $4, $5, $6 from identity_providers
     where account_id = $1 and id = $2
     on conflict (account_id, provider_id) do update set
       authorization_endpoint = excluded.authorization_endpoint,
       token_endpoint = excluded.token_endpoint,
       keys = excluded.keys, fetched_at = excluded.fetched_at
     where kept.fetched_at < excluded.fetched_at`,
    [providerId, authorizationEndpoint, tokenEndpoint, JSON.stringify(keys), new Date(fetchedAtMs)],
  );
}
