import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { addressToFind } from '../core/mailbox';
import type { PersonPrincipal } from './principal';

const issuer = 'daypass';
const audience = 'daypass';
/** A person's own sign-in allows everything; the person's own permissions limit it. */
const personScopes = ['person'] as const;

const claimsShape = z.object({
  sub: z.string().min(1).max(320),
  account: z.uuid(),
  kind: z.enum(['AGENT', 'CONTACT']),
  email: z.string().min(1).max(320),
  exp: z.number().int().positive(),
});

export interface BearerClaims {
  accountId: string;
  /** Null for a contact. */
  agentId: string | null;
  email: string;
}

/** Signs a bearer of the local issuer, valid from `nowMs` for `lifetimeMs`. */
export function signBearer(
  claims: BearerClaims,
  options: { key: Uint8Array; nowMs: number; lifetimeMs: number },
): Promise<string> {
  const email = addressToFind(claims.email);
  const issuedAt = Math.floor(options.nowMs / 1000);
  return new SignJWT({
    account: claims.accountId,
    kind: claims.agentId ? 'AGENT' : 'CONTACT',
    email,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.agentId ?? `contact:${email}`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.floor(options.lifetimeMs / 1000))
    .sign(options.key);
}

/**
 * The principal of a bearer token of the local issuer; null if it is forged or malformed, 'ENDED'
 * if it has expired.
 */
export async function verifyBearer(
  token: string,
  options: { key: Uint8Array; nowMs: number },
): Promise<PersonPrincipal | 'ENDED' | null> {
  try {
    const { payload } = await jwtVerify(token, options.key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      currentDate: new Date(options.nowMs),
    });
    const claims = claimsShape.parse(payload);
    return {
      accountId: claims.account,
      kind: claims.kind,
      agentId: claims.kind === 'AGENT' ? claims.sub : null,
      email: claims.email,
      scopes: personScopes,
      keyId: null,
      sessionKeyId: null,
      expiresAtMs: claims.exp * 1000,
    };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'ENDED' : null;
  }
}
