import type { Principal } from '../access/principal';

/** Whose counts a credential draws on: one person's, or one key's. */
export function whose({ accountId, agentId, email, keyId }: Principal): string {
  return `${accountId}/${keyId ?? agentId ?? email}`;
}

/** Who spends for a request: whose credential it has, or without one everybody at its address. */
export function callerOf({ principal, origin }: Asking): string {
  return principal ? whose(principal) : `nobody at ${origin.ip}`;
}

interface Asking {
  principal: Principal | null;
  origin: { ip: string | null };
}
