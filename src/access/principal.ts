import type { Scope } from './scopes';

/** The caller of a request, as the credential says. Created only in `authenticate`. */
export type Principal = PersonPrincipal | AgentKeyPrincipal | ServiceKeyPrincipal;

interface Credential {
  accountId: string;
  /** When the credential ends, by the database's clock; Infinity: only when it is revoked. */
  expiresAtMs: number;
}

/** A person: a sign-in of the person's own, or a portal session that a partner opened for an agent. */
export interface PersonPrincipal extends Credential {
  kind: 'AGENT' | 'CONTACT';
  /** The agent behind the credential; null for a contact. */
  agentId: string | null;
  /** The address by which tickets know this person, in lower case; null in a portal session. */
  email: string | null;
  /** What the credential allows; the person's own permissions limit it further. */
  scopes: readonly ('person' | 'portal_session')[];
  keyId: null;
  /** The service key whose portal session it is, and with which it ends; null for a sign-in. */
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

/** The key without which a credential is not valid; null for a person's own sign-in. */
export function keyBehind(principal: Principal): string | null {
  return principal.keyId ?? principal.sessionKeyId;
}
