import type { Principal } from '../access/principal';

/**
 * Whose limits a credential uses: those of one person, one key, or one portal session. A session
 * belongs to a page: its use never counts against its agent's own limits.
 */
export function rateLimitKey(principal: Principal): string {
  const { accountId, agentId, email, keyId, sessionKeyId, expiresAtMs } = principal;
  const session = sessionKeyId === null ? '' : `/${sessionKeyId}/${expiresAtMs}`;
  return `${accountId}/${keyId ?? agentId ?? email}${session}`;
}

/** The payers of a request: its caller, and the caller's account. */
export interface Spender {
  caller: string;
  /** Null without a credential. */
  accountId: string | null;
}

/** A request without a credential counts for everybody at its address. */
export function spenderOf({ principal, origin }: Asking): Spender {
  return principal
    ? { caller: rateLimitKey(principal), accountId: principal.accountId }
    : { caller: `nobody at ${networkOf(origin.ip)}`, accountId: null };
}

/** The address itself; of IPv6 the network (/64), as one machine may use every address of it. */
export function networkOf(ip: string | null): string {
  if (!ip?.includes(':')) return String(ip);
  const [head = [], tail] = ip.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const zeros = tail ? Array<string>(Math.max(8 - head.length - tail.length, 0)).fill('0') : [];
  return [...head, ...zeros, ...(tail ?? [])].slice(0, 4).join(':');
}

interface Asking {
  principal: Principal | null;
  origin: { ip: string | null };
}
