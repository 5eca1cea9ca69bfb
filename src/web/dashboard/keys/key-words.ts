import type { ApiKeysQuery } from '../../generated/app';

export type ApiKey = NonNullable<ApiKeysQuery['apiKeys']>['edges'][number]['node'];

/** The scopes of a partner's own server; an agent's key cannot have them. */
export const serviceScopes: readonly string[] = ['webhooks:write', 'portal_sessions:write'];

export type KeyState = 'USABLE' | 'ENDED' | 'REVOKED';

/** A key's state. It depends on real time, in a sandbox too. */
export function stateOf({ revokedAt, expiresAt }: ApiKey, nowMs: number): KeyState {
  if (revokedAt) return 'REVOKED';
  return expiresAt && Date.parse(expiresAt) <= nowMs ? 'ENDED' : 'USABLE';
}
