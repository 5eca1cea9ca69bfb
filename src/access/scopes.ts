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
  'portal_sessions:write',
] as const;
export type Scope = (typeof scopes)[number];

/** What a key of an agent may be given: all but what only a partner's own server does. */
export const agentKeyScopes: readonly Scope[] = scopes.filter(
  (scope) => scope !== 'portal_sessions:write',
);
