import { LRUCache } from 'lru-cache';
import type { DataSource } from 'typeorm';
import { DomainError } from '../core/domain-error';
import type { OutboundRules } from '../core/outbound';
import type { Log } from '../core/log';
import { AccountScope } from '../db/account-scope';
import { findPerson } from './find-person';
import {
  isSlug,
  loadProviders,
  type AccountProviders,
  type IdentityProvider,
} from './identity-provider';
import { KnownBearers } from './known-bearers';
import { Lookups } from './lookups';
import type { PersonPrincipal, Principal } from './principal';
import { verifyProviderBearer, type ProviderBearer } from './provider-bearer';
import {
  fetchDocuments,
  loadDocuments,
  saveDocuments,
  type ProviderDocuments,
} from './provider-documents';
import { ProviderKeys } from './provider-keys';

/** A change of an account's providers takes effect within this time, even without a hint. */
const providersMs = 1_000;
/** After this time, the role of a bearer token's person is looked up again. */
const personMs = 60_000;
const accountsMax = 1_000;
/** A person's own sign-in allows everything; the person's own permissions limit it. */
const personScopes = ['person'] as const;

/** What is kept of an account whose people sign in. */
interface KnownAccount {
  /** Null until it was read. */
  accountId: string | null;
  read: Promise<AccountProviders | null>;
  readAtMs: number;
  /** Providers and their revisions when they were read last. */
  version: string;
  keys: Map<string, ProviderKeys>;
}

/** The origin of a principal. */
export interface SignInOrigin {
  bearer: ProviderBearer;
  accountId: string;
}

/** A provider to which pages may send people, and its address. */
export interface OfferedProvider extends IdentityProvider {
  /** Null while the provider was never reached. */
  documents: ProviderDocuments | null;
}

/** Sign-in from the accounts' own identity providers. */
export class ProviderSignIn {
  private readonly accounts = new LRUCache<string, KnownAccount>({ max: accountsMax });
  /** Those that are read for the first time. */
  private readonly beginning = new Map<string, KnownAccount>();
  private readonly lookups: Lookups<AccountProviders>;

  /** The principals of bearer tokens, under the providers of that version. */
  private readonly bearers = new KnownBearers<{
    principal: Principal;
    foundAtMs: number;
    version: string;
  }>();

  /** The origin of each principal that was returned. */
  private readonly origins = new WeakMap<Principal, SignInOrigin>();

  constructor(
    private readonly options: OutboundRules & { source: DataSource; nowMs: () => number; log: Log },
  ) {
    const { source } = options;
    this.lookups = new Lookups({
      find: (slugs) => loadProviders(source, slugs),
      // For how long the data of an account is used without reading it again.
      missingMs: providersMs,
    });
  }

  /**
   * The principal of a bearer token. 'ENDED' if it has expired, null if it is not valid. Rejects
   * with SERVICE_UNAVAILABLE if this cannot be decided now.
   */
  async verify(bearer: ProviderBearer, isHeld = false): Promise<Principal | 'ENDED' | null> {
    try {
      return await this.check(bearer, isHeld);
    } catch (error) {
      if (error instanceof DomainError) throw error;
      this.options.log.error({ err: error }, 'a bearer could not be checked');
      throw new DomainError(
        'SERVICE_UNAVAILABLE',
        'The credential cannot be checked now. Try again in a moment.',
      );
    }
  }

  /** The origin of a provider's principal; null for any other principal. */
  originOf(principal: Principal): SignInOrigin | null {
    return this.origins.get(principal) ?? null;
  }

  /** Whether the bearer of a principal would be accepted again, as the same person. */
  async stillMeans(principal: Principal): Promise<boolean> {
    const origin = this.originOf(principal);
    if (!origin) return true;
    const again = await this.verify(origin.bearer);
    if (again === null || again === 'ENDED') return false;
    return again.kind === principal.kind && again.agentId === principal.agentId;
  }

  /** A text of the account's providers that differs if they differ. */
  async versionOf(slug: string): Promise<string> {
    const account = this.accountOf(slug);
    await account.read;
    return account.version;
  }

  /**
   * The providers of the account may have changed; 'any' stands for every account. They are read
   * before the next answer.
   */
  invalidate(accountId: string): void {
    this.lookups.forgetMissing('any');
    for (const account of [...this.accounts.values(), ...this.beginning.values()]) {
      if (accountId === 'any' || account.accountId === accountId) {
        account.readAtMs = Number.NEGATIVE_INFINITY;
      }
    }
  }

  /** The providers that pages of an account offer; none for an account that does not exist. */
  async offered(slug: string, isHeld = false): Promise<OfferedProvider[]> {
    if (!isSlug(slug)) return [];
    const account = this.accountOf(slug, isHeld);
    const found = await account.read;
    if (!found) return [];
    const forPages = found.providers.filter(({ clientId }) => clientId !== null);
    return Promise.all(
      forPages.map(async (provider) => {
        const keys = this.keysOf(account, found.accountId, provider);
        const documents = await keys.current().catch((error: unknown) => {
          if (error instanceof DomainError) return null;
          throw error;
        });
        return { ...provider, documents };
      }),
    );
  }

  private async check(
    bearer: ProviderBearer,
    isHeld: boolean,
  ): Promise<Principal | 'ENDED' | null> {
    const { slug, issuer, jwt } = bearer;
    const account = this.accountOf(slug, isHeld);
    const found = await account.read;
    const { version } = account;
    const provider = found?.providers.find((candidate) => candidate.issuer === issuer);
    if (!found) return null;
    if (!provider) return this.refuse(found.accountId, null, 'issuer');

    const nowMs = this.options.nowMs();
    const key = `${slug}~${jwt}`;
    const remembered = this.bearers.get(key);
    const known = remembered?.version === version ? remembered : undefined;
    if (known && nowMs >= known.principal.expiresAtMs) return 'ENDED';
    if (known && nowMs - known.foundAtMs < personMs) return known.principal;
    this.bearers.delete(key);

    const { accountId } = found;
    const keys = this.keysOf(account, accountId, provider);
    const claims = await verifyProviderBearer(jwt, { provider, keys, nowMs });
    if (claims === 'ENDED') return claims;
    if ('refusedFor' in claims) return this.refuse(accountId, provider.id, claims.refusedFor);
    const { source } = this.options;
    const person = await findPerson(new AccountScope(source, accountId), {
      provider,
      claims,
      nowMs,
    });
    if (!person) return this.refuse(accountId, provider.id, 'nobody has this subject or address');
    const { expiresAtMs } = claims;
    const principal: PersonPrincipal = {
      ...person,
      accountId,
      scopes: personScopes,
      expiresAtMs,
      keyId: null,
      sessionKeyId: null,
    };
    this.origins.set(principal, { bearer, accountId });
    // Results under providers that have changed in the meantime are not kept.
    if (version === account.version) {
      this.bearers.set(key, { principal, foundAtMs: nowMs, version });
    }
    return principal;
  }

  /**
   * One line for an admin who asks why a sign-in fails, without anything of the token or the
   * person.
   */
  private refuse(accountId: string, providerId: string | null, reason: string): null {
    this.options.log.info({ accountId, providerId, reason }, 'a sign-in was refused');
    return null;
  }

  /** The account as it was at most a second ago; all callers of one moment share the read. */
  private accountOf(slug: string, isHeld = false): KnownAccount {
    const nowMs = this.options.nowMs();
    const known = this.accounts.get(slug) ?? this.beginning.get(slug);
    if (known && nowMs - known.readAtMs < providersMs) return known;
    const account: KnownAccount = known ?? {
      accountId: null,
      read: Promise.resolve(null),
      readAtMs: nowMs,
      version: '',
      keys: new Map(),
    };
    if (!known) this.beginning.set(slug, account);
    account.readAtMs = nowMs;
    account.read = this.read(slug, account, isHeld).finally(() => this.beginning.delete(slug));
    account.read.catch(() => (account.readAtMs = Number.NEGATIVE_INFINITY));
    return account;
  }

  private async read(
    slug: string,
    account: KnownAccount,
    isHeld: boolean,
  ): Promise<AccountProviders | null> {
    const found = await this.lookups.find(slug, isHeld);
    const version = JSON.stringify(found);
    // One text for all bearers that are known under it.
    if (version !== account.version) account.version = version;
    account.accountId = found?.accountId ?? null;
    for (const id of account.keys.keys()) {
      if (!found?.providers.some((provider) => provider.id === id)) account.keys.delete(id);
    }
    // Invented names are not remembered.
    if (!found?.providers.length) this.accounts.delete(slug);
    else this.accounts.set(slug, account);
    return found;
  }

  private keysOf(
    account: KnownAccount,
    accountId: string,
    { id: providerId, issuer }: IdentityProvider,
  ): ProviderKeys {
    let keys = account.keys.get(providerId);
    if (!keys) {
      const { source, nowMs, log, privateAddresses } = this.options;
      const scope = new AccountScope(source, accountId);
      keys = new ProviderKeys({
        fetch: () => fetchDocuments(issuer, { privateAddresses, nowMs: nowMs() }),
        load: () => loadDocuments(scope, providerId),
        save: (documents) => saveDocuments(scope, providerId, documents),
        nowMs,
        failed: (error) =>
          log.warn({ err: error, accountId, providerId }, 'an identity provider failed'),
      });
      account.keys.set(providerId, keys);
    }
    return keys;
  }
}
