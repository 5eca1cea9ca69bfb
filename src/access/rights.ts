import { DomainError } from '../core/domain-error';
import type { Section } from './gate.rules';
import type { Principal } from './principal';
import type { Scope } from './scopes';
import type { AgentAccess } from './agent-access';

/** Who has a permission: everybody in the account, a role, or agents with a section. */
type Person = 'ANYONE' | 'ACTIVE_AGENT' | 'ACCOUNT_ADMIN' | 'NOBODY' | { section: Section };

interface Rule {
  person: Person;
  /** What a key must name: a service key to have the right, an agent's key to keep its agent's. */
  key: Scope | 'ANY_KEY' | 'NEVER_A_KEY';
  /** Whether an occasional agent needs a running pass for it. */
  gated: boolean;
  /** Whether a portal session has it of its agent: the gate needs it. */
  portalSession?: true;
}

/**
 * The table of permissions: what a person and a key need for each kind of read and write. A
 * permission is checked on the object, by whatever path the graph reaches it (`api/guard.ts`), and
 * by root fields before they read. docs/identity.md shows the table; a test compares the two.
 */
export const rights = {
  /**
   * Streams about the caller's own passes. The caller's own Agent and consumptions need no
   * permission.
   */
  'own:read': { person: 'ACTIVE_AGENT', key: 'ANY_KEY', gated: false, portalSession: true },
  /** What concerns the person, as mails show it too. Never gated: a mail is not, either. */
  'notices:read': { person: 'ACTIVE_AGENT', key: 'NEVER_A_KEY', gated: false },
  /** Tickets that one requested or is assigned to, as far as one sees them without a pass. */
  'references:read': { person: 'ANYONE', key: 'ANY_KEY', gated: false },
  /** Wallets and their balances. */
  'wallet:read': { person: 'ACTIVE_AGENT', key: 'wallet:read', gated: false, portalSession: true },
  /** Grants, reversals, a wallet's settings. */
  'wallet:write': { person: 'ACCOUNT_ADMIN', key: 'wallet:write', gated: true },
  'prices:read': { person: 'ANYONE', key: 'wallet:read', gated: false },
  /** Billing and purchases of the account. Never gated, so that bookkeeping needs no pass. */
  'billing:read': { person: 'ACCOUNT_ADMIN', key: 'billing:read', gated: false },
  /** The address on invoices. A key that leaks must not send invoices elsewhere. */
  'billing:update': { person: 'ACCOUNT_ADMIN', key: 'NEVER_A_KEY', gated: false },
  /** Buying is never gated: an empty wallet can always be filled. */
  'passes:purchase': { person: 'ACCOUNT_ADMIN', key: 'wallet:write', gated: false },
  /** Events, the list of all consumptions, usage. */
  'journal:read': { person: 'ACCOUNT_ADMIN', key: 'journal:read', gated: true },
  /** Other agents. */
  'agents:read': { person: 'ACTIVE_AGENT', key: 'agents:read', gated: true },
  /** Other agents' passes and their gate. */
  'passes:read': { person: 'ACCOUNT_ADMIN', key: 'agents:read', gated: true },
  'agents:write': { person: 'ACCOUNT_ADMIN', key: 'agents:write', gated: true },
  /** Tickets and clients. */
  'tickets:read': { person: { section: 'TICKETS' }, key: 'tickets:read', gated: true },
  /** One ticket, by the agents who work on it. */
  'tickets:update': { person: { section: 'TICKETS' }, key: 'tickets:write', gated: true },
  /** Tickets and clients as the service desk exports them. */
  'tickets:write': { person: 'ACCOUNT_ADMIN', key: 'tickets:write', gated: true },
  /** The account's settings and a sandbox's clock. */
  'account:write': { person: 'ACCOUNT_ADMIN', key: 'NEVER_A_KEY', gated: true },
  /** Where the journal is sent. A key of an agent never has this scope. */
  'webhooks:write': { person: 'ACCOUNT_ADMIN', key: 'webhooks:write', gated: true },
  /** API keys: a key that could create keys would outlive its own revocation. */
  'keys:write': { person: 'ACCOUNT_ADMIN', key: 'NEVER_A_KEY', gated: true },
  /** Bearer tokens for agents' browsers, which a partner's server requests. */
  'portal-sessions:write': { person: 'NOBODY', key: 'portal_sessions:write', gated: false },
} satisfies Record<string, Rule>;

export type Right = keyof typeof rights;

/** The caller: the credential, and the access of the agent behind it; null if it has no agent. */
export interface Asker {
  principal: Principal;
  agentAccess: AgentAccess | null;
}

/**
 * Throws FORBIDDEN if the caller lacks the permission, or DAY_PASS_REQUIRED if the gate is shut.
 * The permission comes first, so that the answer without either does not show whether anything
 * exists.
 */
export function requireRight(right: Right, asker: Asker, nowMs: number): void {
  const lack = missingPermission(right, asker, nowMs);
  if (lack === 'FORBIDDEN') {
    throw new DomainError(lack, `This needs the permission ${right}${sectionFor(right, asker)}.`);
  }
  if (lack === 'DAY_PASS_REQUIRED') throw dayPassRequired();
}

/** The code that `requireRight` would throw; null if it would throw nothing. */
export function missingPermission(
  right: Right,
  asker: Asker,
  nowMs: number,
): 'FORBIDDEN' | 'DAY_PASS_REQUIRED' | null {
  if (!hasRight(right, asker)) return 'FORBIDDEN';
  return isShut(right, asker, nowMs) ? 'DAY_PASS_REQUIRED' : null;
}

/** Whether only a pass is missing. */
export function isShut(right: Right, { principal, agentAccess }: Asker, nowMs: number): boolean {
  // A service key has no agent, and never needs a pass.
  const needsPass = rights[right].gated && principal.kind !== 'SERVICE_KEY';
  return needsPass && (agentAccess === null || !isIn(agentAccess, nowMs));
}

export function dayPassRequired(): DomainError {
  return new DomainError(
    'DAY_PASS_REQUIRED',
    'This needs access to the agent portal. Ask viewer.portalAccess, then call consumeDayPass.',
  );
}

/**
 * When a present permission ends by time: with the pass, or with a closed account's gate. Null: it
 * does not.
 */
export function rightEndsAtMs(right: Right, agentAccess: AgentAccess | null): number | null {
  const rule: Rule = rights[right];
  if (!rule.gated || agentAccess === null) return null;
  if (agentAccess.agent.type === 'FULL_TIME') return agentAccess.gateShutsAtMs;
  return agentAccess.runningPass?.expiresAtMs ?? null;
}

/** The section that a permission is about; null if it is about no section. */
export function sectionOf(right: Right): Section | null {
  const { person }: Rule = rights[right];
  return typeof person === 'object' ? person.section : null;
}

/** Whether the agent is in the agent portal at that instant. Access never waits for the expiry loop. */
export function isIn({ agent, runningPass, gateShutsAtMs }: AgentAccess, nowMs: number): boolean {
  if (agent.status !== 'ACTIVE') return false;
  if (gateShutsAtMs !== null && nowMs >= gateShutsAtMs) return false;
  return agent.type === 'FULL_TIME' || (runningPass !== null && nowMs < runningPass.expiresAtMs);
}

/** Whether credential and person have the permission, whatever the gate says. */
export function hasRight(right: Right, { principal, agentAccess }: Asker): boolean {
  const rule: Rule = rights[right];
  switch (principal.kind) {
    case 'SERVICE_KEY':
      return isNamed(rule.key, principal.scopes);
    case 'AGENT_API_KEY':
      return isNamed(rule.key, principal.scopes) && holds(rule.person, agentAccess);
    case 'AGENT':
    case 'CONTACT':
      if (principal.sessionKeyId !== null && !rule.portalSession) return false;
      return holds(rule.person, agentAccess);
  }
}

function isNamed(key: Rule['key'], scopes: readonly Scope[]): boolean {
  if (key === 'NEVER_A_KEY') return false;
  return key === 'ANY_KEY' || scopes.includes(key);
}

function holds(person: Person, agentAccess: AgentAccess | null): boolean {
  if (person === 'ANYONE') return true;
  if (person === 'NOBODY' || agentAccess?.agent.status !== 'ACTIVE') return false;
  if (person === 'ACTIVE_AGENT') return true;
  if (person === 'ACCOUNT_ADMIN') return agentAccess.agent.role === 'ACCOUNT_ADMIN';
  return agentAccess.agent.sections.includes(person.section);
}

/** A service key has no sections. */
function sectionFor(right: Right, { principal }: Asker): string {
  const section = principal.kind === 'SERVICE_KEY' ? null : sectionOf(right);
  return section ? ` and the section ${section}` : '';
}
