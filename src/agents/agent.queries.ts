import type { DataSource } from 'typeorm';
import { searchPattern } from '../api/filter.rules';
import type { OrderDirection } from '../api/order';
import type { List } from '../api/read-page';
import { addressToFind } from '../core/mailbox';
import type { AccountScope } from '../db/account-scope';
import { AgentRow } from '../db/tables/agent';
import { foldedWords, wordsLike } from '../db/words';

/** Loads agents by id. */
export function agentsById(
  scope: AccountScope,
  ids: readonly string[],
): Promise<(AgentRow | null)[]> {
  return scope.byId(AgentRow, ids);
}

/** The agent with that address, in whatever spelling; null if no agent has it. */
export function agentByEmail(scope: AccountScope, email: string): Promise<AgentRow | null> {
  return scope
    .select(AgentRow)
    .andWhere('row.email = :email', { email: addressToFind(email) })
    .getOne();
}

export interface AgentListQuery {
  filter: {
    type?: AgentRow['type'] | null;
    status?: AgentRow['status'] | null;
    role?: AgentRow['role'] | null;
    search?: string | null;
    hasActiveDayPass?: boolean | null;
  };
  orderBy: { field: keyof typeof agentOrders; direction: OrderDirection };
  /** The account's instant. */
  nowMs: number;
}

export const agentOrders = {
  NAME: [{ sql: foldedWords('row.name'), kind: 'text' as const }],
  CREATED_AT: [{ sql: 'row.createdAt', kind: 'instant' as const }],
};

/** The agents of the account that match a filter. Throws BAD_USER_INPUT for a long search. */
export function agentList(
  scope: AccountScope,
  { filter, orderBy, nowMs }: AgentListQuery,
): List<AgentRow> {
  const { type, status, role, search, hasActiveDayPass } = filter;
  const rows = scope.select(AgentRow);
  if (type != null) rows.andWhere('row.type = :type', { type });
  if (status != null) rows.andWhere('row.status = :status', { status });
  if (role != null) rows.andWhere('row.role = :role', { role });
  if (search != null) {
    const pattern = searchPattern(search);
    rows.andWhere(`(${wordsLike('row.name', ':pattern')} or row.email ilike :pattern)`, {
      pattern,
    });
  }
  if (hasActiveDayPass != null) {
    rows.andWhere(`${isLetInByPass} = :hasActiveDayPass`, {
      hasActiveDayPass,
      now: new Date(nowMs),
    });
  }
  const { field, direction } = orderBy;
  return { name: 'agents', rows, order: { name: field, keys: agentOrders[field], direction } };
}

/** A running pass gives no access to an agent who was deactivated or is full-time now. */
const isLetInByPass = `(row.type = 'OCCASIONAL' and row.status = 'ACTIVE' and exists (
  select 1 from running_passes running
  where running.account_id = row.accountId and running.agent_id = row.id
    and running.expires_at > :now))`;

/** Agents of an account for the command line, which has no principal: one by e-mail, or all. */
export function listAgents(
  source: DataSource,
  { accountId, email }: { accountId: string; email?: string },
): Promise<AgentRow[]> {
  const where = email === undefined ? { accountId } : { accountId, email: addressToFind(email) };
  return source.getRepository(AgentRow).find({ where, order: { email: 'asc' } });
}
