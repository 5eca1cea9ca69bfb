import { DomainError } from '../core/domain-error';
import { verifyBearer } from './bearer-token';
import type { HeldSignIns } from './held-sign-ins';
import type { Principal } from './principal';
import { readProviderBearer } from './provider-bearer';
import type { ProviderSignIn } from './provider-sign-in';

/** Verified principals that are kept, so that a signature is checked once and not per request. */
const cacheSize = 20_000;
/** Tokens of providers carry groups and more; what is longer is refused unread. */
const bearerLengthMax = 8_192;

/**
 * Turns an `Authorization` value into a principal, the same at every door. Null: no credential was
 * given. Throws UNAUTHENTICATED for one that is malformed, forged or has ended.
 */
export class Authenticator {
  private readonly verified = new Map<string, Principal>();

  constructor(
    private readonly options: {
      key: Uint8Array;
      localIssuer: boolean;
      signIn: ProviderSignIn;
      heldSignIns: HeldSignIns;
      nowMs: () => number;
    },
  ) {}

  async authenticate(authorization: string | undefined): Promise<Principal | null> {
    if (authorization === undefined || authorization === '') return null;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token || token.length > bearerLengthMax) throw unauthenticated();

    const nowMs = this.options.nowMs();
    const known = this.verified.get(token);
    if (known && nowMs < known.expiresAtMs) return known;
    this.verified.delete(token);

    const provided = readProviderBearer(token);
    // A provider's principals are kept by its account, which can take them back.
    if (provided) return admitted(await this.options.signIn.verify(provided));

    if (!this.options.localIssuer) throw unauthenticated();
    const principal = admitted(await verifyBearer(token, { key: this.options.key, nowMs }));
    this.remember(token, principal);
    return principal;
  }

  /**
   * The principal again, while its credential still stands. Asked for each operation of a socket too,
   * though it costs next to nothing.
   */
  async confirm(principal: Principal): Promise<Principal> {
    if (!(await this.options.signIn.stillMeans(principal))) throw unauthenticated();
    return principal;
  }

  /** Tells when the credential no longer stands, until released. */
  watch(principal: Principal, onRevoked: () => void): () => void {
    return this.options.heldSignIns.hold(principal, onRevoked);
  }

  private remember(token: string, principal: Principal): void {
    const oldest = this.verified.keys().next();
    if (this.verified.size >= cacheSize && !oldest.done) this.verified.delete(oldest.value);
    this.verified.set(token, principal);
  }
}

/** A bearer that was good once: a fresh one is all that is needed. */
export class BearerEnded extends DomainError {
  constructor() {
    super('UNAUTHENTICATED', 'The bearer has ended.');
  }
}

function admitted(principal: Principal | 'ENDED' | null): Principal {
  if (principal === 'ENDED') throw new BearerEnded();
  if (!principal) throw unauthenticated();
  return principal;
}

function unauthenticated(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'The bearer is not valid.');
}
