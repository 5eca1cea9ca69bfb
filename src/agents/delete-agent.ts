import { newId } from '../core/ids';
import type { AccountScope } from '../db/account-scope';
import type { AccountLedger } from '../ledger/account-ledger';
import type { DeleteAgent } from '../ledger/access/delete-agent';
import type { Outcome } from '../ledger/commands';

/**
 * Deletes an agent who is invited and to whom no record refers. The audit trail keeps what it has
 * of the agent. Refusals: NOT_FOUND, NOT_DELETABLE.
 */
export async function deleteAgent(
  { ledger, scope }: { ledger: AccountLedger; scope: AccountScope },
  deletion: Pick<DeleteAgent, 'agentId' | 'actor' | 'audit'>,
): Promise<Outcome<'delete-agent'>> {
  // Outside the lock: the journal is long, and nothing new can refer to an agent who is only
  // invited.
  const isNamed = await isAgentNamed(scope, deletion.agentId);
  return ledger.submit({ kind: 'delete-agent', id: newId(), isNamed, ...deletion });
}

async function isAgentNamed(scope: AccountScope, agentId: string): Promise<boolean> {
  const [row] = await scope.query<{ is_named: boolean }>(
    `select exists (select 1 from tickets where account_id = $1 and assignee_id = $2)
       or exists (select 1 from consumptions where account_id = $1 and agent_id = $2)
       or exists (select 1 from api_keys where account_id = $1 and agent_id = $2)
       or exists (select 1 from ticket_replies where account_id = $1 and agent_id = $2)
       or exists (select 1 from purchases where account_id = $1 and purchased_by = $2)
       or exists (select 1 from journal_entries
         where account_id = $1 and (agent_id = $2 or actor_id = $2)) as is_named
     from agents where account_id = $1 and id = $2 and status = 'INVITED'`,
    [agentId],
  );
  return row?.is_named ?? false;
}
