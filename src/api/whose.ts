import type { Principal } from '../access/principal';

/** Whose buckets and counts a request draws on: one person's, one key's, or everybody's without one. */
export function whose(principal: (Principal & { keyId?: string | null }) | null): string {
  if (!principal) return 'nobody';
  const { accountId, agentId, email, keyId } = principal;
  return `${accountId}/${keyId ?? agentId ?? email}`;
}
