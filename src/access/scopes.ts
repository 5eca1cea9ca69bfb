/** What can be named of a key. Which right each opens is in the table of rights. */
export const scopes = [
  'wallet:read',
  'wallet:write',
  'journal:read',
  'agents:read',
  'agents:write',
  'tickets:read',
  'tickets:write',
  'billing:read',
  'webhooks:write',
  'portal_sessions:write',
] as const;
export type Scope = (typeof scopes)[number];

/** Scopes for a partner's own server. */
const serviceKeyScopes: readonly Scope[] = ['webhooks:write', 'portal_sessions:write'];

/** The scopes of an agent's key: all except those for a partner's own server. */
export const agentKeyScopes: readonly Scope[] = scopes.filter(
  (scope) => !serviceKeyScopes.includes(scope),
);
