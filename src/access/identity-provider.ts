import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { everyShard } from '../db/every-shard';
import { foldedWords } from '../db/words';

/**
 * Signatures that a provider may use: asymmetric ones, so that Daypass itself holds no key that
 * could forge them.
 */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** An identity provider of an account, as its admins set it. */
const providerShape = z.object({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string().nullable(),
  audiences: z.array(z.string()),
  scopes: z.array(z.string()),
  algorithms: z.array(z.enum(signatureAlgorithms)),
  emailClaim: z.string(),
  trustsEmail: z.boolean(),
  admitsContacts: z.boolean(),
  revision: z.number(),
});
export type IdentityProvider = z.infer<typeof providerShape>;

/** Whether an account may have this name. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9-]{1,63}$/.test(text);
}

/** An account and the providers whose tokens it accepts now. */
export interface AccountProviders {
  accountId: string;
  slug: string;
  providers: IdentityProvider[];
}

/**
 * The enabled providers in the accounts with those slugs, by slug of each account that exists. For
 * sign-in, which has no principal yet.
 */
export async function loadProviders(
  source: DataSource,
  slugs: readonly string[],
): Promise<Map<string, AccountProviders>> {
  const accounts = await source.query<{ id: string; slug: string }[]>(
    'select id, slug from accounts where slug = any($1::text[])',
    [slugs],
  );
  const found = new Map(
    accounts.map(({ id, slug }): [string, AccountProviders] => [
      id,
      { accountId: id, slug, providers: [] },
    ]),
  );
  // In a statement of its own: in a cluster `accounts` is on every machine, and the providers are not.
  const rows =
    found.size === 0
      ? []
      : await source.query<{ accountId: string; provider: unknown }[]>(
          everyShard(
            'sign-in',
            `select p.account_id as "accountId", json_build_object(
               'id', p.id, 'name', p.name, 'issuer', p.issuer, 'clientId', p.client_id,
               'audiences', p.audiences, 'scopes', p.scopes, 'algorithms', p.algorithms,
               'emailClaim', p.email_claim, 'trustsEmail', p.trusts_email,
               'admitsContacts', p.admits_contacts, 'revision', p.revision) as provider
             from identity_providers p where p.account_id = any($1::uuid[]) and p.enabled
             order by ${foldedWords('p.name')}, p.id`,
          ),
          [[...found.keys()]],
        );
  for (const { accountId, provider } of rows) {
    found.get(accountId)!.providers.push(providerShape.parse(provider));
  }
  return new Map([...found.values()].map((account) => [account.slug, account]));
}
