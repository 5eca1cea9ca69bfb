import { recordAudit, type Attribution } from '../access/audit';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';

/**
 * Forgets the provider identities of an agent: the next person who signs in with the agent's
 * address is the agent. Returns whether there is such an agent.
 */
export function unlinkAgentIdentities(
  state: AccountState,
  { agentId, nowMs, audit }: { agentId: string; nowMs: number; audit: Attribution },
): Promise<boolean> {
  return state.write(async (manager) => {
    if (!(await manager.existsBy(AgentRow, { id: agentId }))) {
      return { result: false, changed: [] };
    }
    // What was kept of bearers is forgotten with the provider's revision.
    const providers = await manager.query<{ id: string }>(
      `with forgotten as (
         update identity_providers set revision = revision + 1
         where account_id = $1 and id in (
           select provider_id from agent_identities where account_id = $1 and agent_id = $2)
         returning id)
       select id from forgotten`,
      [agentId],
    );
    await manager.query('delete from agent_identities where account_id = $1 and agent_id = $2', [
      agentId,
    ]);
    await recordAudit(manager, {
      ...audit,
      action: 'agent.identities_unlinked',
      subject: { type: 'Agent', id: agentId },
      before: { identityProviderIds: providers.map(({ id }) => id) },
      after: { identityProviderIds: [] },
      occurredAt: new Date(nowMs),
    });
    const changed = providers.map(({ id }) => ({ kind: 'identityProvider' as const, id }));
    return { result: true, changed };
  });
}
