import { DomainError } from '../core/domain-error';
import { verifyBearer } from './bearer-token';
import type { Principal } from './principal';

/** Verified principals that are kept, so that a signature is checked once and not per request. */
const cacheSize = 20_000;
/** Longer than any bearer of ours; what is longer is refused unread. */
const bearerLengthMax = 4_096;

/**
 * Turns an `Authorization` value into a principal, the same at every door. Null: no credential was
 * given. Throws UNAUTHENTICATED for one that is malformed, forged or has ended.
 */
export class Authenticator {
  private readonly verified = new Map<string, Principal>();

  constructor(
    private readonly options: { key: Uint8Array; localIssuer: boolean; nowMs: () => number },
  ) {}

  async authenticate(authorization: string | undefined): Promise<Principal | null> {
    if (authorization === undefined || authorization === '') return null;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token || token.length > bearerLengthMax || !this.options.localIssuer)
      throw unauthenticated();

    const nowMs = this.options.nowMs();
    const known = this.verified.get(token);
    if (known && nowMs < known.expiresAtMs) return known;
    this.verified.delete(token);

    const principal = await verifyBearer(token, { key: this.options.key, nowMs });
    if (principal === 'ENDED') throw new BearerEnded();
    if (!principal) throw unauthenticated();
    this.remember(token, principal);
    return principal;
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

function unauthenticated(): DomainError {
  return new DomainError('UNAUTHENTICATED', 'The bearer is not valid.');
}
