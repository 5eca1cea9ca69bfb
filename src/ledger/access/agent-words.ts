import type { NamedAgent } from '../model/ledger';

/** What the audit trail records of an agent. */
export function wordsOf(agent: NamedAgent) {
  return { id: agent.id, ...wordsWithoutId(agent) };
}

/** The same, for an agent who does not exist before or after the change. */
export function wordsWithoutId({ name, type, status, role, timeZone, sections }: NamedAgent) {
  return { name, type, status, role, timeZone, sections };
}
