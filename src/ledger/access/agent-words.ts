import type { NamedAgent } from '../model/ledger';

/** What the audit trail says of an agent. */
export function wordsOf(agent: NamedAgent) {
  return { id: agent.id, ...wordsWithoutId(agent) };
}

/** The same, for an agent who is not there on the other side. */
export function wordsWithoutId({ name, type, status, role, timeZone, sections }: NamedAgent) {
  return { name, type, status, role, timeZone, sections };
}
