import { DomainError } from '../../core/domain-error';
import type { Actor, Agent } from '../model/ledger';

/**
 * Throws FORBIDDEN if a key would make, change or remove an account admin. A key ends with its
 * revocation, which is an act of the account's admins: a key that decides who they are could outlive it.
 *
 * `agents` are the target before the change and after it, if they exist. Call it in `decide`, under
 * the account's lock: the role may change between an earlier check and the write.
 */
export function forbidKeyOnAdmin(
  actor: Actor | null,
  ...agents: (Pick<Agent, 'role'> | undefined)[]
): void {
  if (actor?.kind !== 'API_KEY') return;
  if (!agents.some((agent) => agent?.role === 'ACCOUNT_ADMIN')) return;
  throw new DomainError(
    'FORBIDDEN',
    'An API key cannot create, change or remove an account admin. Ask an account admin to do it.',
  );
}
