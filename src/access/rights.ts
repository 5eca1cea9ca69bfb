import { DomainError } from '../core/domain-error';
import type { Section } from './gate.rules';
import type { Standing } from './standing';

/** Who may: a role, or whoever may use a section. */
type Person = 'ACTIVE_AGENT' | 'ACCOUNT_ADMIN' | { section: Section };

interface Rule {
  person: Person;
  /** Whether an occasional agent needs a running pass for it. */
  gated: boolean;
}

/** The table of rights: what a person needs for each kind of reading and doing. */
export const rights = {
  'wallet:read': { person: 'ACTIVE_AGENT', gated: false },
  'wallet:write': { person: 'ACCOUNT_ADMIN', gated: true },
} satisfies Record<string, Rule>;

export type Right = keyof typeof rights;

/**
 * Throws FORBIDDEN where the person has not the right, else DAY_PASS_REQUIRED where the gate is shut:
 * right before gate, so that the answer without either does not tell whether anything exists.
 */
export function requireRight(right: Right, standing: Standing | null, nowMs: number): void {
  const rule: Rule = rights[right];
  if (!standing || !holds(rule.person, standing)) {
    throw new DomainError('FORBIDDEN', `This needs the right ${right}.`);
  }
  if (rule.gated && !isIn(standing, nowMs)) {
    throw new DomainError(
      'DAY_PASS_REQUIRED',
      'This needs access to the agent portal: ask viewer.portalAccess, then consumeDayPass.',
    );
  }
}

/** Whether the agent is in the agent portal at that instant. Access never waits for the expiry loop. */
export function isIn({ agent, runningPass }: Standing, nowMs: number): boolean {
  if (agent.status !== 'ACTIVE') return false;
  return agent.type === 'FULL_TIME' || (runningPass !== null && nowMs < runningPass.expiresAtMs);
}

function holds(person: Person, { agent }: Standing): boolean {
  if (agent.status !== 'ACTIVE') return false;
  if (person === 'ACTIVE_AGENT') return true;
  if (person === 'ACCOUNT_ADMIN') return agent.role === 'ACCOUNT_ADMIN';
  return agent.sections.includes(person.section);
}
