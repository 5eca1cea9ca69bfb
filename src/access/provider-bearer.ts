import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type CryptoKey,
  type JWSHeaderParameters,
  type JWTPayload,
  type JWTVerifyResult,
} from 'jose';
import { z } from 'zod';
import { addressToFind } from '../core/mailbox';
import { isStorable } from '../core/texts';
import { isSlug, type IdentityProvider } from './identity-provider';

/** The claim with which a provider's token may name its account. */
const accountClaim = 'daypass_account';
/** How far a provider's clock may differ from the database's. */
const clockToleranceMs = 30_000;
/** A token that a person carries, or one for an API (RFC 9068). Other kinds are signed by the same keys. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

const bearerShape = /^(?:([a-z0-9-]{1,63})~)?([\w-]+\.[\w-]+\.[\w-]+)$/;

/** A bearer of an identity provider, unverified. */
export interface ProviderBearer {
  /** The account that it names: a hint where to look, which the sender may have invented. */
  slug: string;
  issuer: string;
  jwt: string;
}

/**
 * The content of a bearer token of an identity provider: `<account>~<JWT>`, or a JWT that names the
 * account in its claim `daypass_account`. Null for anything else.
 */
export function readProviderBearer(token: string): ProviderBearer | null {
  const [, prefix, jwt] = bearerShape.exec(token) ?? [];
  if (!jwt) return null;
  try {
    // A token with a symmetric signature is not from a provider.
    if (String(decodeProtectedHeader(jwt).alg).startsWith('HS')) return null;
    const { iss: issuer, [accountClaim]: claimed } = decodeJwt(jwt);
    const slug = prefix ?? claimed;
    if (typeof slug !== 'string' || !isSlug(slug) || typeof issuer !== 'string') return null;
    // A token for one account is not valid for another, even if both trust its provider.
    if (claimed !== undefined && claimed !== slug) return null;
    return { slug, issuer, jwt };
  } catch {
    return null;
  }
}

/** The person that a provider's token names. */
export interface ProviderClaims {
  subject: string;
  /** In the form in which agents are looked up; null if there is no address that counts. */
  email: string | null;
  expiresAtMs: number;
}

/** An agent is looked up by the subject: no agent has a subject that PostgreSQL cannot store. */
const claimsShape = z.object({
  sub: z.string().min(1).max(255).refine(isStorable),
  // RFC 7519: a number of seconds that may have a fraction.
  exp: z.number().positive().max(Number.MAX_SAFE_INTEGER),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
});

/** No agent has a longer address, or one of other characters. */
const addressLengthMax = 320;
const printable = /^[\x21-\x7e]+$/;

/** The source of a provider's keys. Each function throws jose's error if there is no matching key. */
export interface KeySource {
  /** The keys that may have signed a token with this header: several if the provider does not name them. */
  find(header: JWSHeaderParameters): Promise<CryptoKey[]>;
  /** The same after another request to the provider; null if the last request was a moment ago. */
  findAgain(header: JWSHeaderParameters): Promise<CryptoKey[] | null>;
}

/** Why a token is refused, as text for the log, without anything of the token itself. */
export interface RefusedBearer {
  refusedFor: string;
}

/**
 * Checks a token of a provider: signature, algorithm, issuer, audience, times. 'ENDED' if it has
 * only expired. Rejects with errors that `keys` throws.
 */
export async function verifyProviderBearer(
  jwt: string,
  options: { provider: IdentityProvider; keys: KeySource; nowMs: number },
): Promise<ProviderClaims | RefusedBearer | 'ENDED'> {
  const { provider } = options;
  try {
    const { payload, protectedHeader } = await verifyByAnyKey(jwt, options);
    if (!types.includes(protectedHeader.typ?.toLowerCase())) return { refusedFor: 'type' };
    // A logout token or another event: it names a person but is not a sign-in.
    if (payload.events !== undefined) return { refusedFor: 'event' };
    const claims = claimsShape.safeParse(payload);
    if (!claims.success) return { refusedFor: `claim ${claims.error.issues[0]?.path.join('.')}` };
    if (!isForClient(claims.data, provider)) return { refusedFor: 'claim azp' };
    return {
      subject: claims.data.sub,
      email: emailOf(payload, provider),
      // Every door ends it when this check would.
      expiresAtMs: Math.floor(claims.data.exp * 1000) + clockToleranceMs,
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'ENDED';
    if (error instanceof errors.JWTClaimValidationFailed) {
      return { refusedFor: `claim ${error.claim}` };
    }
    if (error instanceof errors.JOSEError) return { refusedFor: error.code };
    throw error;
  }
}

/**
 * Tries each key that may have signed the token. After a wrong signature it asks the provider once
 * more: it may have replaced a key under the same name, or use no names.
 */
async function verifyByAnyKey(
  jwt: string,
  { provider, keys, nowMs }: { provider: IdentityProvider; keys: KeySource; nowMs: number },
): Promise<JWTVerifyResult> {
  const header = decodeProtectedHeader(jwt);
  const checks = {
    algorithms: provider.algorithms,
    issuer: provider.issuer,
    audience: provider.audiences,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: clockToleranceMs / 1000,
    currentDate: new Date(nowMs),
  };
  // The algorithm before any key: one that is not allowed costs the provider nothing.
  if (!provider.algorithms.some((algorithm) => algorithm === header.alg))
    throw new errors.JOSEAlgNotAllowed();
  let refused: unknown;
  for (const find of [keys.find, keys.findAgain]) {
    for (const key of (await find(header)) ?? []) {
      try {
        return await jwtVerify(jwt, key, checks);
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
        refused = error;
      }
    }
  }
  throw refused;
}

/**
 * Whether the token was issued to the client that pages sign in with (OpenID Connect Core,
 * 3.1.3.7). Its authorized party is that client, or an audience that the admin named; it is
 * required if the token is also for other audiences. A provider without a client protects an API,
 * which any client may call: only the audience decides.
 */
function isForClient(
  { aud, azp }: { aud: string | string[]; azp?: string | undefined },
  { clientId, audiences }: IdentityProvider,
): boolean {
  if (clientId === null) return true;
  if (azp !== undefined) return azp === clientId || audiences.includes(azp);
  return [aud].flat().every((audience) => audiences.includes(audience));
}

/**
 * The address that the provider has verified. `email_verified` refers only to the claim `email`;
 * another claim counts only if the admin trusts it.
 */
function emailOf(payload: JWTPayload, provider: IdentityProvider): string | null {
  const { emailClaim, trustsEmail } = provider;
  const verified = payload.email_verified === true || payload.email_verified === 'true';
  if (!trustsEmail && !(emailClaim === 'email' && verified)) return null;
  const email = payload[emailClaim];
  if (typeof email !== 'string' || email.length > addressLengthMax) return null;
  const found = addressToFind(email);
  return printable.test(found) ? found : null;
}
