import type { AccountScope } from '../db/account-scope';
import type { Agent } from '../ledger/ledger';

/** An agent as it stands now: what rights and the gate are decided by. */
export interface Standing {
  agent: Agent;
  /** The pass that was last taken and not ended or reversed; it may be due. */
  runningPass: { consumptionId: string; expiresAtMs: number } | null;
}

/** Reads the agent's standing; null where there is no such agent in the account. */
export async function loadStanding(
  scope: AccountScope,
  agentId: string,
): Promise<Standing | null> {
  const [row] = await scope.query<StandingRow>(
    `select a.type, a.status, a.role, a.time_zone, a.sections, r.consumption_id,
       (extract(epoch from r.expires_at) * 1000)::bigint as expires_at_ms
     from agents a
     left join running_passes r on r.account_id = a.account_id and r.agent_id = a.id
     where a.account_id = $1 and a.id = $2`,
    [agentId],
  );
  if (!row) return null;
  const { type, status, role, time_zone: timeZone, sections } = row;
  const { consumption_id: consumptionId, expires_at_ms: expiresAtMs } = row;
  return {
    agent: { id: agentId, type, status, role, timeZone, sections },
    runningPass:
      consumptionId !== null && expiresAtMs !== null ? { consumptionId, expiresAtMs } : null,
  };
}

interface StandingRow {
  type: Agent['type'];
  status: Agent['status'];
  role: Agent['role'];
  time_zone: string;
  sections: string[];
  consumption_id: string | null;
  expires_at_ms: number | null;
}
