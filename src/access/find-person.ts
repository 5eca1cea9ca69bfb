import { canonicalAddress } from '../core/mailbox';
import type { AccountScope } from '../db/account-scope';
import type { IdentityProvider } from './identity-provider';
import type { PersonPrincipal } from './principal';
import type { ProviderClaims } from './provider-bearer';

/** A person's role in the account. */
export type Person = Pick<PersonPrincipal, 'kind' | 'agentId' | 'email'>;

/**
 * The person that a provider names. An agent is known by the subject that first signed in with the
 * agent's verified address. A name that passes to somebody else later, or an address that changes
 * at the provider, transfers no permissions. A person who is not an agent is a contact, if the
 * provider admits contacts. Null: nobody.
 */
export async function findPerson(
  scope: AccountScope,
  options: {
    provider: IdentityProvider;
    claims: ProviderClaims;
    nowMs: number;
  },
): Promise<Person | null> {
  const { provider, claims, nowMs } = options;
  const linked = await linkedAgent(scope, provider.id, claims.subject);
  if (linked) return linked;
  if (claims.email === null) return null;

  const [agent] = await scope.query<{ id: string }>(
    'select id from agents where account_id = $1 and email = $2',
    [claims.email],
  );
  if (!agent) {
    if (!provider.admitsContacts || canonicalAddress(claims.email) === null) return null;
    return { kind: 'CONTACT', agentId: null, email: claims.email };
  }
  // Under the row's lock: if the address is changed at the same time, it does not link anybody to
  // the agent.
  await scope.query(
    `with agent as (
       select account_id, id from agents
       where account_id = $1 and id = $4 and email = $6 for key share)
     insert into agent_identities (account_id, provider_id, subject, agent_id, linked_at)
     select account_id, $2, $3, id, $5 from agent on conflict do nothing`,
    [provider.id, claims.subject, agent.id, new Date(nowMs), claims.email],
  );
  // Nothing was written if the agent is linked to another subject: then this person is nobody.
  return linkedAgent(scope, provider.id, claims.subject);
}

async function linkedAgent(
  scope: AccountScope,
  providerId: string,
  subject: string,
): Promise<Person | null> {
  const [agent] = await scope.query<{ id: string; email: string }>(
    `select a.id, a.email from agent_identities l
     join agents a on a.account_id = l.account_id and a.id = l.agent_id
     where l.account_id = $1 and l.provider_id = $2 and l.subject = $3`,
    [providerId, subject],
  );
  return agent ? { kind: 'AGENT', agentId: agent.id, email: agent.email } : null;
}
