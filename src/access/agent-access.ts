import type { AccountScope } from '../db/account-scope';
import type { Agent } from '../ledger/model/ledger';

/** An agent as it is now: what permissions and the gate are decided by. */
export interface AgentAccess {
  agent: Agent;
  /** The last pass that was used and has not ended or been reversed; its end may have passed. */
  runningPass: { consumptionId: string; expiresAtMs: number } | null;
  /** When the gate of a closed account is shut for everybody; null: the account is open. */
  gateShutsAtMs: number | null;
}

/** An agent's access, and how far the account's clock is ahead of the database's. */
export interface AccessAndClock {
  agentAccess: AgentAccess | null;
  clockOffsetMs: number;
}

/** Reads the access of agents by one query; null if the account has no such agent. */
export async function loadAgentAccess(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<(AgentAccess | null)[]> {
  const rows = await loadAccessAndClock(scope, agentIds);
  return rows.map((row) => row?.agentAccess ?? null);
}

/** The same with the account's clock, for requests that need both; null if there is no account. */
export async function loadAccessAndClock(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<(AccessAndClock | null)[]> {
  const rows = await scope.queryPrepared<AgentAccessRow>(statement, [agentIds]);
  const [account] = rows;
  if (!account) return agentIds.map(() => null);
  const found = new Map(rows.map((row) => [row.id, agentAccessOf(row)]));
  const clockOffsetMs = account.clock_offset_ms;
  return agentIds.map((id) => ({ agentAccess: found.get(id) ?? null, clockOffsetMs }));
}

/** One row without an agent if the account has none of them. */
const statement = {
  name: 'load-agent-access',
  text: `
    select a.id, a.type, a.status, a.role, a.time_zone, a.sections, r.consumption_id,
      (extract(epoch from r.expires_at) * 1000)::bigint as expires_at_ms,
      (extract(epoch from account.gate_shuts_at) * 1000)::bigint as gate_shuts_at_ms,
      account.test_clock_offset_ms as clock_offset_ms
    from accounts account
    left join agents a on a.account_id = account.id and a.id = any($2)
    left join running_passes r on r.account_id = a.account_id and r.agent_id = a.id
    where account.id = $1`,
};

function agentAccessOf(row: AgentAccessRow): AgentAccess | null {
  const { id, type, status, role, time_zone: timeZone, sections } = row;
  if (id === null) return null;
  const { consumption_id: consumptionId, expires_at_ms: expiresAtMs } = row;
  return {
    agent: { id, type, status, role, timeZone, sections },
    runningPass:
      consumptionId !== null && expiresAtMs !== null ? { consumptionId, expiresAtMs } : null,
    gateShutsAtMs: row.gate_shuts_at_ms,
  };
}

interface AgentAccessRow {
  id: string | null;
  type: Agent['type'];
  status: Agent['status'];
  role: Agent['role'];
  time_zone: string;
  sections: string[];
  consumption_id: string | null;
  expires_at_ms: number | null;
  gate_shuts_at_ms: number | null;
  clock_offset_ms: number;
}
