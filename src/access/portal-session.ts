import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** What a partner's server opens for one agent's browser: the gate, and nothing behind it. */
export interface PortalSession {
  accountId: string;
  agentId: string;
  /** The service key that opened it, and with which it ends. */
  keyId: string;
  expiresAtMs: number;
}

/**
 * Long enough to read a notice and proceed; the partner's page requests another session when it
 * needs one.
 */
export const portalSessionMaxMs = 15 * 60_000;

/** Distinguishes such a bearer token from a person's own before anything is verified. */
export const portalSessionPrefix = 'dps_';
const audience = 'daypass portal session';

const claimsShape = z.object({
  sub: z.uuid(),
  account: z.uuid(),
  key: z.uuid(),
  exp: z.number().int().positive(),
});

/** Signs the bearer of a session, with a key for this purpose alone. Its times are whole seconds. */
export async function signPortalSession(
  session: PortalSession,
  options: { key: Uint8Array; nowMs: number },
): Promise<string> {
  const token = await new SignJWT({ account: session.accountId, key: session.keyId })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(audience)
    .setSubject(session.agentId)
    .setIssuedAt(Math.floor(options.nowMs / 1000))
    .setExpirationTime(Math.floor(session.expiresAtMs / 1000))
    .sign(options.key);
  return `${portalSessionPrefix}${token}`;
}

/** The session of a bearer token; null if it is forged or malformed, 'ENDED' if it has expired. */
export async function verifyPortalSession(
  bearer: string,
  options: { key: Uint8Array; nowMs: number },
): Promise<PortalSession | 'ENDED' | null> {
  try {
    const token = bearer.slice(portalSessionPrefix.length);
    const { payload } = await jwtVerify(token, options.key, {
      algorithms: ['HS256'],
      audience,
      currentDate: new Date(options.nowMs),
    });
    const { sub, account, key, exp } = claimsShape.parse(payload);
    return { accountId: account, agentId: sub, keyId: key, expiresAtMs: exp * 1000 };
  } catch (error) {
    return error instanceof errors.JWTExpired ? 'ENDED' : null;
  }
}
