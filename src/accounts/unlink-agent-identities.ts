import type { DataSource } from 'typeorm';
import { recordAudit, type Attribution } from '../access/audit';
import type { HintCarrier } from '../db/hints';
import { AgentRow } from '../db/tables/agent';
import { writeState } from '../db/write-state';

/**
 * Forgets as whom an agent signed in at the providers: whoever next signs in with the agent's address
 * is the agent. Answers whether there is such an agent.
 */
export function unlinkAgentIdentities(
  on: { source: DataSource; hints: Pick<HintCarrier, 'send'> },
  accountId: string,
  { agentId, nowMs, audit }: { agentId: string; nowMs: number; audit: Attribution },
): Promise<boolean> {
  return writeState(on, accountId, async (manager) => {
    if (!(await manager.existsBy(AgentRow, { accountId, id: agentId }))) {
      return { result: false, changed: [] };
    }
    // What was kept of bearers is forgotten with the provider's revision.
    const linked = `account_id = $1 and id in (
      select provider_id from agent_identities where account_id = $1 and agent_id = $2)`;
    const [providers]: [{ id: string }[], number] = await manager.query(
      `update identity_providers set revision = revision + 1 where ${linked} returning id`,
      [accountId, agentId],
    );
    await manager.query('delete from agent_identities where account_id = $1 and agent_id = $2', [
      accountId,
      agentId,
    ]);
    await recordAudit(manager, {
      ...audit,
      accountId,
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
