import { DomainError } from '../core/domain-error';
import type { Section } from './gate.rules';
import type { Standing } from './standing';

/** Who may: whoever belongs to the account, a role, or whoever may use a section. */
type Person = 'ANYONE' | 'ACTIVE_AGENT' | 'ACCOUNT_ADMIN' | { section: Section };

interface Rule {
  person: Person;
  /** Whether an occasional agent needs a running pass for it. */
  gated: boolean;
}

/**
 * The table of rights: what a person needs for each kind of reading and doing. A right is asked on
 * the object, wherever the graph reaches it (`api/guard.ts`), and by root fields before they read.
 */
export const rights = {
  /** Streams of what is one's own. One's own Agent and consumptions are anyone's to read. */
  'own:read': { person: 'ACTIVE_AGENT', gated: false },
  /** Wallets and their balances. */
  'wallet:read': { person: 'ACTIVE_AGENT', gated: false },
  /** Grants, reversals, a wallet's settings. */
  'wallet:write': { person: 'ACCOUNT_ADMIN', gated: true },
  'prices:read': { person: 'ANYONE', gated: false },
  /** Buying is never gated: an empty wallet can always be filled. */
  'passes:purchase': { person: 'ACCOUNT_ADMIN', gated: false },
  /** Events, the list of all consumptions, usage. */
  'journal:read': { person: 'ACCOUNT_ADMIN', gated: true },
  /** Other agents, their passes and their gate. */
  'agents:read': { person: 'ACTIVE_AGENT', gated: true },
  'agents:write': { person: 'ACCOUNT_ADMIN', gated: true },
  /** Tickets and clients. */
  'tickets:read': { person: { section: 'TICKETS' }, gated: true },
  /** One ticket, by whoever works on it. */
  'tickets:update': { person: { section: 'TICKETS' }, gated: true },
  /** Tickets and clients as the service desk exports them. */
  'tickets:write': { person: 'ACCOUNT_ADMIN', gated: true },
  /** The account's settings and a sandbox's clock. */
  'account:write': { person: 'ACCOUNT_ADMIN', gated: true },
} satisfies Record<string, Rule>;

export type Right = keyof typeof rights;

/**
 * Throws FORBIDDEN where the person has not the right, else DAY_PASS_REQUIRED where the gate is shut:
 * right before gate, so that the answer without either does not tell whether anything exists.
 */
export function requireRight(right: Right, standing: Standing | null, nowMs: number): void {
  const lack = lackOf(right, standing, nowMs);
  if (lack === 'FORBIDDEN') throw new DomainError(lack, `This needs the right ${right}.`);
  if (lack === 'DAY_PASS_REQUIRED') {
    throw new DomainError(
      lack,
      'This needs access to the agent portal: ask viewer.portalAccess, then consumeDayPass.',
    );
  }
}

/** What `requireRight` would throw, as its code; null where it lets through. */
export function lackOf(
  right: Right,
  standing: Standing | null,
  nowMs: number,
): 'FORBIDDEN' | 'DAY_PASS_REQUIRED' | null {
  const rule: Rule = rights[right];
  if (rule.person === 'ANYONE') return null;
  if (!standing || !holds(rule.person, standing)) return 'FORBIDDEN';
  return rule.gated && !isIn(standing, nowMs) ? 'DAY_PASS_REQUIRED' : null;
}

/** When a right that holds now ends by itself: with the pass that it needs. Null: it does not. */
export function rightEndsAtMs(right: Right, standing: Standing | null): number | null {
  const rule: Rule = rights[right];
  if (!rule.gated || standing?.agent.type !== 'OCCASIONAL') return null;
  return standing.runningPass?.expiresAtMs ?? null;
}

/** Whether the agent is in the agent portal at that instant. Access never waits for the expiry loop. */
export function isIn({ agent, runningPass }: Standing, nowMs: number): boolean {
  if (agent.status !== 'ACTIVE') return false;
  return agent.type === 'FULL_TIME' || (runningPass !== null && nowMs < runningPass.expiresAtMs);
}

function holds(person: Exclude<Person, 'ANYONE'>, { agent }: Standing): boolean {
  if (agent.status !== 'ACTIVE') return false;
  if (person === 'ACTIVE_AGENT') return true;
  if (person === 'ACCOUNT_ADMIN') return agent.role === 'ACCOUNT_ADMIN';
  return agent.sections.includes(person.section);
}
