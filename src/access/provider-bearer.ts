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

/** The claim by which a token of a provider may itself say which account it is for. */
const accountClaim = 'daypass_account';
/** By how much a provider's clock may differ from the database's. */
const clockToleranceMs = 30_000;
/** A token that a person carries, or one for an API (RFC 9068). Other kinds are signed by the same keys. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

const bearerShape = /^(?:([a-z0-9-]{1,63})~)?([\w-]+\.[\w-]+\.[\w-]+)$/;

/** A bearer of an identity provider, unverified. */
export interface ProviderBearer {
  /** The account that it is for: a hint where to look, which its bearer may have made up. */
  slug: string;
  issuer: string;
  jwt: string;
}

/**
 * What a bearer says of itself, where it is one of an identity provider: `<account>~<JWT>`, or a JWT
 * that names the account in its claim `daypass_account`. Null where it is anything else.
 */
export function readProviderBearer(token: string): ProviderBearer | null {
  const [, prefix, jwt] = bearerShape.exec(token) ?? [];
  if (!jwt) return null;
  try {
    // What is signed by a shared key is the local issuer's or nobody's.
    if (String(decodeProtectedHeader(jwt).alg).startsWith('HS')) return null;
    const { iss: issuer, [accountClaim]: claimed } = decodeJwt(jwt);
    const slug = prefix ?? claimed;
    if (typeof slug !== 'string' || !isSlug(slug) || typeof issuer !== 'string') return null;
    // One that was made for an account is for no other, though both may trust its provider.
    if (claimed !== undefined && claimed !== slug) return null;
    return { slug, issuer, jwt };
  } catch {
    return null;
  }
}

/** Whom a provider says the bearer is. */
export interface ProviderClaims {
  subject: string;
  /** As agents are looked up by it; null if there is none that counts. */
  email: string | null;
  expiresAtMs: number;
}

/** An agent is looked up by the subject: one that PostgreSQL cannot store belongs to nobody. */
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

/** Where the keys of a provider come from. Each throws jose's error if there is no fitting key. */
export interface KeySource {
  /** The keys that may have signed a token with this header: several if the provider does not name them. */
  find(header: JWSHeaderParameters): Promise<CryptoKey[]>;
  /** The same after the provider was asked again; null if it was asked a moment ago. */
  findAgain(header: JWSHeaderParameters): Promise<CryptoKey[] | null>;
}

/** Why a token is refused, in words for the log: they hold nothing of the token itself. */
export interface RefusedBearer {
  refusedFor: string;
}

/**
 * Checks a token of a provider: signature, algorithm, issuer, audience, times. 'ENDED' if only its
 * time is over. Rejects with whatever `keys` throws of its own.
 */
export async function verifyProviderBearer(
  jwt: string,
  options: { provider: IdentityProvider; keys: KeySource; nowMs: number },
): Promise<ProviderClaims | RefusedBearer | 'ENDED'> {
  const { provider } = options;
  try {
    const { payload, protectedHeader } = await verifyByAnyKey(jwt, options);
    if (!types.includes(protectedHeader.typ?.toLowerCase())) return { refusedFor: 'type' };
    // A logout token or another event: it names a person and lets nobody in.
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
 * Tries each key that may have signed the token. After a bad signature the provider is asked once
 * more: it may have replaced a key and kept its name, or names none.
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
 * Whether the token was issued to the client that pages sign in with (OpenID Connect Core, 3.1.3.7):
 * its authorized party is that client, or an audience that the admin named; it must have one if it is
 * for other audiences, too. A provider without a client protects an API, which any client may call:
 * the audience alone decides.
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
 * The address that the provider answers for. `email_verified` speaks of the claim `email` alone; any
 * other claim counts only where the admin said so.
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
