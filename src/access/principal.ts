import type { Scope } from './scopes';

/** Whom a request comes from, as its credential says. Made in `authenticate` and nowhere else. */
export type Principal = PersonPrincipal | AgentKeyPrincipal | ServiceKeyPrincipal;

interface Credential {
  accountId: string;
  /** When the credential ends, by the database's clock; Infinity: only when it is revoked. */
  expiresAtMs: number;
}

/** A person: a sign-in of one's own, or a portal session that a partner opened for an agent. */
export interface PersonPrincipal extends Credential {
  kind: 'AGENT' | 'CONTACT';
  /** The agent behind the credential; null for a contact. */
  agentId: string | null;
  /** The address by which tickets know this person, in lower case; null in a portal session. */
  email: string | null;
  /** What the credential allows, on top of which the person's own rights count. */
  scopes: readonly ('person' | 'portal_session')[];
  keyId: null;
  /** The service key whose portal session it is, with which it ends; null for a sign-in. */
  sessionKeyId: string | null;
}

interface KeyPrincipal extends Credential {
  email: null;
  scopes: readonly Scope[];
  keyId: string;
  sessionKeyId: null;
}

/** A key of an agent: at most its agent's rights, and of those what its scopes name. */
export interface AgentKeyPrincipal extends KeyPrincipal {
  kind: 'AGENT_API_KEY';
  agentId: string;
  whenNoDayPass: 'CONSUME' | 'REJECT';
}

/** A key of the account itself: what its scopes name. */
export interface ServiceKeyPrincipal extends KeyPrincipal {
  kind: 'SERVICE_KEY';
  agentId: null;
}

/** The key that a credential stands and falls with; null for a sign-in of a person's own. */
export function keyBehind(principal: Principal): string | null {
  return principal.keyId ?? principal.sessionKeyId;
}
