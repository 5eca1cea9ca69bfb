import { DomainError } from '../core/domain-error';
import type { Secrets } from '../db/secrets';
import type { ApiKey } from './api-key';
import { apiKeyPrefix, isSecretOf, readApiKeySecret } from './api-key-secret';
import { verifyBearer } from './bearer-token';
import type { HeldSignIns } from './held-sign-ins';
import type { KeyDirectory } from './key-directory';
import type { KeyUses } from './key-uses';
import { KnownBearers } from './known-bearers';
import { portalSessionPrefix, verifyPortalSession } from './portal-session';
import { keyBehind, type Principal } from './principal';
import { readProviderBearer } from './provider-bearer';
import type { ProviderSignIn } from './provider-sign-in';

/** For most credentials: one for all of them. */
const nothing = () => {};

/** Tokens of providers carry groups and more; what is longer is refused unread. */
const bearerLengthMax = 8_192;

/** How often credentials from an address were wrong, for each account that they named. */
interface Failures {
  note(ip: string | null, account: string | null): void;
  isOver(ip: string | null, account: string | null): boolean;
}

interface AuthenticatorOptions {
  secrets: Pick<Secrets, 'localIssuer' | 'portalSession'>;
  /** Whether bearer tokens of the local issuer are accepted. */
  localIssuer: boolean;
  keys: KeyDirectory;
  uses: KeyUses;
  signIn: ProviderSignIn;
  heldSignIns: HeldSignIns;
  failures: Failures;
  nowMs: () => number;
}

/**
 * Turns an `Authorization` value into a principal, the same at every door. Null: no credential was
 * sent. Throws UNAUTHENTICATED for a credential that is malformed, forged, revoked or expired.
 */
export class Authenticator {
  private readonly verified = new KnownBearers<Principal>();

  constructor(private readonly options: AuthenticatorOptions) {}

  async authenticate(
    authorization: string | undefined,
    ip: string | null,
  ): Promise<Principal | null> {
    if (authorization === undefined || authorization === '') return null;
    return this.require(authorization, ip);
  }

  /** The same at a door that requires a credential. */
  async require(authorization: string, ip: string | null): Promise<Principal> {
    try {
      return await this.identify(authorization, ip);
    } catch (thrown) {
      const isFailure = thrown instanceof DomainError && thrown.code === 'UNAUTHENTICATED';
      if (isFailure && !(thrown instanceof BearerEnded)) {
        this.options.failures.note(ip, accountNamedBy(tokenOf(authorization)));
      }
      throw thrown;
    }
  }

  private async identify(authorization: string, ip: string | null): Promise<Principal> {
    const token = tokenOf(authorization);
    if (token === null) throw unauthenticated();
    if (token.startsWith(apiKeyPrefix)) return this.byApiKey(token, ip);

    const nowMs = this.options.nowMs();
    const known = this.verified.get(token);
    if (known && nowMs < known.expiresAtMs) return this.confirm(known);
    this.verified.delete(token);

    const provided = readProviderBearer(token);
    // The principals of a provider are kept by its account, which can withdraw them.
    if (provided) {
      const isHeld = this.options.failures.isOver(ip, provided.slug);
      return admitted(await this.options.signIn.verify(provided, isHeld));
    }

    const principal = admitted(await this.verify(token, nowMs));
    this.verified.set(token, principal);
    return this.confirm(principal);
  }

  /**
   * The principal again, if the key behind its credential has not been revoked. It is checked for
   * each operation of a socket too, and costs nothing while this process receives hints.
   */
  async confirm(principal: Principal): Promise<Principal> {
    const keyId = keyBehind(principal);
    if (keyId === null) {
      if (!(await this.options.signIn.stillMeans(principal))) throw unauthenticated();
      return principal;
    }
    const key = await this.options.keys.find(principal.accountId, keyId);
    if (!key || key.isRevoked) throw revoked();
    return principal;
  }

  /** Calls the listener when the credential is revoked, until released. */
  watch(principal: Principal, onRevoked: () => void): () => void {
    // At most one of them holds it: a credential with a key is not a sign-in at a provider.
    const { keys, heldSignIns } = this.options;
    return keys.hold(principal, onRevoked) ?? heldSignIns.hold(principal, onRevoked) ?? nothing;
  }

  /** Each issuer recognises its own bearer tokens by their beginning. */
  private async verify(token: string, nowMs: number): Promise<Principal | 'ENDED' | null> {
    const { secrets, localIssuer } = this.options;
    if (token.startsWith(portalSessionPrefix)) {
      const session = await verifyPortalSession(token, { key: secrets.portalSession, nowMs });
      if (session === null || session === 'ENDED') return session;
      const { keyId: sessionKeyId, ...of } = session;
      return {
        ...of,
        kind: 'AGENT',
        email: null,
        scopes: ['portal_session'],
        keyId: null,
        sessionKeyId,
      };
    }
    return localIssuer ? verifyBearer(token, { key: secrets.localIssuer, nowMs }) : null;
  }

  private async byApiKey(secret: string, ip: string | null): Promise<Principal> {
    const named = readApiKeySecret(secret);
    if (!named) throw unauthenticated();
    const isHeld = this.options.failures.isOver(ip, named.accountId);
    const key = await this.options.keys.find(named.accountId, named.keyId, isHeld);
    if (!key || !isSecretOf(secret, key.secretHash)) throw unauthenticated();
    if (key.isRevoked) throw revoked();
    const nowMs = this.options.nowMs();
    if (nowMs >= key.expiresAtMs) throw new BearerEnded();
    this.options.uses.note(key, nowMs);
    return principalOf(key);
  }
}

function tokenOf(authorization: string): string | null {
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  return token && token.length <= bearerLengthMax ? token : null;
}

/** The account that a credential names, by its id or its name; null if it names none. */
function accountNamedBy(token: string | null): string | null {
  if (token === null) return null;
  return readApiKeySecret(token)?.accountId ?? readProviderBearer(token)?.slug ?? null;
}

function principalOf(key: ApiKey): Principal {
  const { accountId, agentId, id: keyId, scopes, whenNoDayPass, expiresAtMs } = key;
  const credential = { accountId, keyId, scopes, expiresAtMs, email: null, sessionKeyId: null };
  return agentId === null
    ? { ...credential, kind: 'SERVICE_KEY', agentId }
    : { ...credential, kind: 'AGENT_API_KEY', agentId, whenNoDayPass: whenNoDayPass ?? 'REJECT' };
}

/** A bearer that was good once: a fresh one is all that is needed. */
export class BearerEnded extends DomainError {
  constructor() {
    super('UNAUTHENTICATED', 'The credential has expired. Sign in again.');
  }
}

function admitted(principal: Principal | 'ENDED' | null): Principal {
  if (principal === 'ENDED') throw new BearerEnded();
  if (!principal) throw unauthenticated();
  return principal;
}

function unauthenticated(): DomainError {
  return new DomainError(
    'UNAUTHENTICATED',
    'The credential is not valid. Sign in again, or check the API key.',
  );
}

/** The error for the holder of the credential, at every door and in the middle of a stream alike. */
export function revoked(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'The API key was revoked. Use another key.');
}
