import type { ApiKeysQuery, WhenNoDayPass } from '../../generated/app';

export type ApiKey = NonNullable<ApiKeysQuery['apiKeys']>['edges'][number]['node'];

/** What a scope opens. The service's own list; a key is refused for a name that is not on it. */
export const scopeWords: Record<string, string> = {
  'wallet:read': 'Read wallets, balances and prices',
  'wallet:write': 'Buy, grant and take back day passes; change wallets',
  'journal:read': 'Read the ledger, all consumptions and usage',
  'agents:read': 'Read agents, their passes and their gate',
  'agents:write': 'Invite and change agents',
  'tickets:read': 'Read tickets and clients',
  'tickets:write': 'Write tickets and clients',
  'billing:read': 'Read billing terms and purchases',
  'portal_sessions:write': 'Let an agent’s browser up to the gate, on a page of yours',
};

/** What a partner's own server does, and no key of an agent. */
export const serviceScope = 'portal_sessions:write';

/** What decides whether an integration costs a pass. */
export const whenNoDayPassWords: Record<WhenNoDayPass, { says: string; means: string }> = {
  CONSUME: {
    says: 'Take a day pass',
    means:
      'The first request of a day that needs one takes a pass from the wallet, and asks nobody. At most one for each day of the agent, however many requests and keys.',
  },
  REJECT: {
    says: 'Refuse the request',
    means:
      'The key never takes a pass. Requests that need one are refused (DAY_PASS_REQUIRED) until the agent has come in.',
  },
};

export type KeyState = 'USABLE' | 'ENDED' | 'REVOKED';

/** Where a key stands, by real time also in a sandbox. */
export function stateOf({ revokedAt, expiresAt }: ApiKey, nowMs: number): KeyState {
  if (revokedAt) return 'REVOKED';
  return expiresAt && Date.parse(expiresAt) <= nowMs ? 'ENDED' : 'USABLE';
}
