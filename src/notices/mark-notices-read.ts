import type { AccountState } from '../db/account-state';
import { readUnread } from './notification.queries';

/**
 * Marks the notices through a number as read by an agent; what was read stays read. Returns how many
 * are unread after that.
 */
export function markNoticesRead(
  state: AccountState,
  { agentId, through }: { agentId: string; through: number },
): Promise<number> {
  return state.write(async (manager) => {
    const moved = await manager.query(
      `insert into notice_settings as s (account_id, agent_id, read_through) values ($1, $2, $3)
       on conflict (account_id, agent_id) do update set read_through = excluded.read_through
       where s.read_through < excluded.read_through returning agent_id`,
      [agentId, through],
    );
    const { unread } = await readUnread(manager, agentId);
    // The hint brings the new number to the agent's other windows.
    return { result: unread, changed: moved.length > 0 ? [{ kind: 'agent', id: agentId }] : [] };
  });
}
