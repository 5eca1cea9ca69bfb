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

/** Reads the access of agents by one query; null if the account has no such agent. */
export async function loadAgentAccess(
  scope: AccountScope,
  agentIds: readonly string[],
): Promise<(AgentAccess | null)[]> {
  const rows = await scope.query<AgentAccessRow>(
    `select a.id, a.type, a.status, a.role, a.time_zone, a.sections, r.consumption_id,
       (extract(epoch from r.expires_at) * 1000)::bigint as expires_at_ms,
       (select (extract(epoch from gate_shuts_at) * 1000)::bigint from accounts where id = $1)
         as gate_shuts_at_ms
     from agents a
     left join running_passes r on r.account_id = a.account_id and r.agent_id = a.id
     where a.account_id = $1 and a.id = any($2)`,
    [agentIds],
  );
  const found = new Map(rows.map((row) => [row.id, agentAccessOf(row)]));
  return agentIds.map((id) => found.get(id) ?? null);
}

function agentAccessOf(row: AgentAccessRow): AgentAccess {
  const { id, type, status, role, time_zone: timeZone, sections } = row;
  const { consumption_id: consumptionId, expires_at_ms: expiresAtMs } = row;
  return {
    agent: { id, type, status, role, timeZone, sections },
    runningPass:
      consumptionId !== null && expiresAtMs !== null ? { consumptionId, expiresAtMs } : null,
    gateShutsAtMs: row.gate_shuts_at_ms,
  };
}

interface AgentAccessRow {
  id: string;
  type: Agent['type'];
  status: Agent['status'];
  role: Agent['role'];
  time_zone: string;
  sections: string[];
  consumption_id: string | null;
  expires_at_ms: number | null;
  gate_shuts_at_ms: number | null;
}
