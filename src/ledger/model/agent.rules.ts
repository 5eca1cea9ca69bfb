import type { Agent } from './ledger';

/** An agent who can always sign in and buy, whatever the wallet holds. */
export function isLastingAdmin(agent: Agent): boolean {
  return agent.status === 'ACTIVE' && agent.type === 'FULL_TIME' && agent.role === 'ACCOUNT_ADMIN';
}
