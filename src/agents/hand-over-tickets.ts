import { recordAudit, type Attribution } from '../access/audit';
import type { AccountScope } from '../db/account-scope';
import type { AccountState } from '../db/account-state';
import { AgentRow } from '../db/tables/agent';

/**
 * Tickets of one transaction: it holds the lock of the account's state, and other writes wait for
 * it.
 */
const pageSize = 1_000;
/** A ticket on which work is still to be done. */
const isOpen = `status in ('OPEN', 'PENDING')`;

export async function countOpenTickets(scope: AccountScope, agentId: string): Promise<number> {
  const [row] = await scope.query<{ count: number }>(
    `select count(*)::int as count from tickets
     where account_id = $1 and assignee_id = $2 and ${isOpen}`,
    [agentId],
  );
  return row!.count;
}

/**
 * Reassigns an agent's open tickets to another agent, or to nobody. Returns how many; null if the
 * other agent is no longer active. It works page by page, each in a transaction with its audit row:
 * after a crash, another call does the rest.
 */
export async function handOverTickets(
  state: AccountState,
  about: { agentId: string; to: string | null; nowMs: number; audit: Attribution },
): Promise<number | null> {
  let count = 0;
  for (;;) {
    const moved = await movePage(state, about);
    if (moved === null) return null;
    count += moved;
    if (moved < pageSize) return count;
  }
}

function movePage(
  state: AccountState,
  { agentId, to, nowMs, audit }: Parameters<typeof handOverTickets>[1],
): Promise<number | null> {
  return state.write<number | null>(async (manager) => {
    const isTaken = to === null || (await manager.existsBy(AgentRow, { id: to, status: 'ACTIVE' }));
    if (!isTaken) return { result: null, changed: [] };
    const now = new Date(nowMs);
    const moved = await manager.query<{ id: string }>(
      `with moved as (
         update tickets set assignee_id = $3, revision = revision + 1,
           updated_at = greatest(updated_at, $4)
         where account_id = $1 and id in (
           select id from tickets where account_id = $1 and assignee_id = $2 and ${isOpen}
           order by id limit ${pageSize})
         returning id)
       select id from moved`,
      [agentId, to, now],
    );
    if (moved.length > 0) {
      await recordAudit(manager, {
        ...audit,
        action: to === null ? 'agent.tickets_released' : 'agent.tickets_reassigned',
        subject: { type: 'Agent', id: agentId },
        before: { assigneeId: agentId },
        after: { assigneeId: to, ticketCount: moved.length },
        occurredAt: now,
      });
    }
    const changed = moved.map(({ id }) => ({ kind: 'ticket' as const, id }));
    return { result: moved.length, changed };
  });
}
